// An opaque face of librsvg, cairo, fontconfig and zlib for Swift: no library type shows here.
#pragma once
#include <stdint.h>

// Room for what went wrong, in words, with the closing 0; longer words are cut.
enum { CDRAWING_PROBLEM_SIZE = 256 };

// Bytes that a function below made.
typedef struct cdrawing_bytes cdrawing_bytes;
const void *cdrawing_bytes_start(const cdrawing_bytes *bytes);
int64_t cdrawing_bytes_count(const cdrawing_bytes *bytes);
void cdrawing_bytes_free(cdrawing_bytes *bytes);

// An SVG document as a PDF of one page, `width` by `height` points; equal documents make equal bytes.
// NULL, and words in `problem`, if that fails. The caller frees.
cdrawing_bytes *cdrawing_pdf(
    const void *svg, int64_t count, double width, double height, const char *title, char *problem);

// An SVG document as pixels, red, green, blue and opacity, not premultiplied, `4 * width * height`
// bytes in rows from the top. Returns 0, or -1 with words in `problem`.
int cdrawing_pixels(
    const void *svg, int64_t count, int width, int height, uint8_t *pixels, char *problem);

// Moves the code points that no installed font can draw to the front, and returns how many they are.
int64_t cdrawing_letters_without_font(uint32_t *letters, int64_t count);

// The bytes as a zlib stream; NULL if there is no memory. The caller frees.
cdrawing_bytes *cdrawing_deflate(const void *bytes, int64_t count);
// The checksum of PNG's chunks.
uint32_t cdrawing_checksum(const void *bytes, int64_t count);
