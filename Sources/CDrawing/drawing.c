// An SVG document drawn by librsvg on a surface of cairo.
#include <cairo/cairo-pdf.h>
#include <cairo/cairo.h>
#include <stdio.h>
#include <stdlib.h>

#include "bytes.h"

// What is used of librsvg and glib. Their headers lie in folders that only pkg-config knows, and the
// package manager warns about the flags that it gives beside them; these declarations are part of
// their stable binary interface.
typedef struct RsvgHandle RsvgHandle;
typedef struct { double x, y, width, height; } RsvgRectangle;
typedef struct { uint32_t domain; int code; char *message; } GError;
// Documents with long data URIs, too.
enum { RSVG_HANDLE_FLAG_UNLIMITED = 1 };
RsvgHandle *rsvg_handle_new_with_flags(int flags);
int rsvg_handle_write(RsvgHandle *, const unsigned char *, unsigned long, GError **);
int rsvg_handle_close(RsvgHandle *, GError **);
int rsvg_handle_render_document(RsvgHandle *, cairo_t *, const RsvgRectangle *, GError **);
void g_object_unref(void *);
void g_error_free(GError *);

static int fail(char *problem, const char *words, GError *error) {
  snprintf(problem, CDRAWING_PROBLEM_SIZE, "%s", error ? error->message : words);
  if (error) g_error_free(error);
  return -1;
}

static int draw(
    const void *svg, int64_t count, cairo_surface_t *surface, double width, double height,
    char *problem) {
  GError *error = NULL;
  RsvgRectangle frame = {0, 0, width, height};
  RsvgHandle *handle = rsvg_handle_new_with_flags(RSVG_HANDLE_FLAG_UNLIMITED);
  if (!handle) return fail(problem, "librsvg did not start", NULL);
  cairo_t *context = cairo_create(surface);
  int isDrawn = rsvg_handle_write(handle, svg, count, &error) && rsvg_handle_close(handle, &error) &&
                rsvg_handle_render_document(handle, context, &frame, &error);
  cairo_status_t status = cairo_status(context);
  cairo_destroy(context);
  g_object_unref(handle);
  if (!isDrawn) return fail(problem, "librsvg refused the drawing", error);
  return status ? fail(problem, cairo_status_to_string(status), NULL) : 0;
}

static cairo_status_t append(void *bytes, const unsigned char *more, unsigned count) {
  return cdrawing_bytes_append(bytes, more, count) ? CAIRO_STATUS_NO_MEMORY : CAIRO_STATUS_SUCCESS;
}

cdrawing_bytes *cdrawing_pdf(
    const void *svg, int64_t count, double width, double height, const char *title, char *problem) {
  cdrawing_bytes *bytes = calloc(1, sizeof *bytes);
  if (!bytes) return fail(problem, "no memory is left", NULL), NULL;
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(append, bytes, width, height);
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title);
  // The time of day would make equal figures differ.
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, NULL);
  int failed = draw(svg, count, surface, width, height, problem);
  cairo_surface_finish(surface);
  cairo_status_t status = cairo_surface_status(surface);
  cairo_surface_destroy(surface);
  if (!failed && status) failed = fail(problem, cairo_status_to_string(status), NULL);
  if (!failed) return bytes;
  cdrawing_bytes_free(bytes);
  return NULL;
}

// cairo keeps a pixel as a number, 0xAARRGGBB, its colours multiplied by its opacity.
static void copy_pixels(cairo_surface_t *surface, int width, int height, uint8_t *pixels) {
  const unsigned char *start = cairo_image_surface_get_data(surface);
  int stride = cairo_image_surface_get_stride(surface);
  for (int64_t row = 0; row < height; row++) {
    const uint32_t *from = (const uint32_t *)(start + row * stride);
    uint8_t *to = pixels + row * width * 4;
    for (int column = 0; column < width; column++, to += 4) {
      uint32_t pixel = from[column], opacity = pixel >> 24;
      for (int part = 0; part < 3; part++) {
        uint32_t value = pixel >> (16 - 8 * part) & 0xFF;
        to[part] = opacity ? (value * 255 + opacity / 2) / opacity : 0;
      }
      to[3] = opacity;
    }
  }
}

int cdrawing_pixels(
    const void *svg, int64_t count, int width, int height, uint8_t *pixels, char *problem) {
  cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height);
  cairo_status_t status = cairo_surface_status(surface);
  int failed = status ? fail(problem, cairo_status_to_string(status), NULL)
                      : draw(svg, count, surface, width, height, problem);
  if (!failed) {
    cairo_surface_flush(surface);
    copy_pixels(surface, width, height, pixels);
  }
  cairo_surface_destroy(surface);
  return failed;
}
