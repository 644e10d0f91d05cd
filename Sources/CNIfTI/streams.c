// Streams: a file read in order whether or not it is gzip, and a checked way into a descriptor.
#include "CNIfTI.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

enum { BUFFER = 1 << 17, CHUNK = 1 << 30 };

struct cnifti_source {
  int descriptor;
  int is_gzip;
  gzFile stream;  // NULL until the first read of a gzip file; owns the descriptor from then on
  int64_t file_size;
  const char *problem;
};

cnifti_source *cnifti_source_open(const char *path, int *error) {
  // O_NONBLOCK: opening a pipe must not wait for a writer.
  int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  struct stat status;
  unsigned char start[2] = {0, 0};
  cnifti_source *source = NULL;
  *error = errno;
  if (descriptor < 0) return NULL;
  if (fstat(descriptor, &status) != 0) {
    *error = errno;
  } else if (!S_ISREG(status.st_mode)) {
    *error = S_ISDIR(status.st_mode) ? EISDIR : ESPIPE;
  } else if (pread(descriptor, start, sizeof start, 0) < 0) {
    *error = errno;
  } else if (!(source = calloc(1, sizeof *source))) {
    *error = ENOMEM;
  }
  if (!source) {
    close(descriptor);
    return NULL;
  }
  source->descriptor = descriptor;
  source->is_gzip = start[0] == 0x1f && start[1] == 0x8b;
  source->file_size = status.st_size;
  source->problem = "";
  return source;
}

int64_t cnifti_source_file_size(const cnifti_source *source) { return source->file_size; }
int cnifti_source_is_gzip(const cnifti_source *source) { return source->is_gzip; }
void cnifti_source_disregard_gzip(cnifti_source *source) { source->is_gzip = 0; }
const char *cnifti_source_problem(const cnifti_source *source) { return source->problem; }

static int64_t read_plain(cnifti_source *source, char *bytes, int64_t count) {
  int64_t done = 0;
  while (done < count) {
    ssize_t got = read(source->descriptor, bytes + done,
                       count - done < CHUNK ? (size_t)(count - done) : CHUNK);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) source->problem = strerror(errno);
    if (got < 0) return -1;
    if (got == 0) break;
    done += got;
  }
  return done;
}

// zlib begins its messages with "<fd:3>: ", which tells a user nothing.
static const char *zlib_words(const char *message) {
  const char *colon = strstr(message, ">: ");
  return colon ? colon + 3 : message;
}

static int64_t read_gzip(cnifti_source *source, char *bytes, int64_t count) {
  if (!source->stream) {
    source->stream = gzdopen(source->descriptor, "rb");
    if (!source->stream) source->problem = "no memory to decompress";
    if (!source->stream) return -1;
    gzbuffer(source->stream, BUFFER);
  }
  int64_t done = 0;
  while (done < count) {
    int got = gzread(source->stream, bytes + done,
                     count - done < CHUNK ? (unsigned)(count - done) : CHUNK);
    int code = Z_OK;
    if (got <= 0) source->problem = zlib_words(gzerror(source->stream, &code));
    // Z_BUF_ERROR: the stream stops before its end. The bytes before are good.
    if (got < 0 || (code != Z_OK && code != Z_BUF_ERROR)) return -1;
    if (got == 0) break;
    done += got;
  }
  return done;
}

int64_t cnifti_source_read(cnifti_source *source, void *bytes, int64_t count) {
  return source->is_gzip ? read_gzip(source, bytes, count) : read_plain(source, bytes, count);
}

void cnifti_source_close(cnifti_source *source) {
  if (source->stream) {
    gzclose(source->stream);
  } else {
    close(source->descriptor);
  }
  free(source);
}

struct cnifti_sink {
  gzFile stream;
};

cnifti_sink *cnifti_sink_open(int descriptor, int is_gzip) {
  cnifti_sink *sink = calloc(1, sizeof *sink);
  if (!sink) return NULL;
  int copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
  sink->stream = copy < 0 ? NULL : gzdopen(copy, is_gzip ? "wb" : "wbT");
  if (sink->stream) return sink;
  if (copy >= 0) close(copy);
  free(sink);
  return NULL;
}

// zlib keeps errno of the write that failed; any other failure of it is a lack of memory.
static int system_error(int code) { return code == Z_ERRNO && errno != 0 ? errno : ENOMEM; }

int cnifti_sink_write(cnifti_sink *sink, const void *bytes, int64_t count) {
  for (int64_t done = 0; done < count;) {
    unsigned part = count - done < CHUNK ? (unsigned)(count - done) : CHUNK;
    errno = 0;
    if (gzwrite(sink->stream, (const char *)bytes + done, part) != (int)part) {
      int code;
      gzerror(sink->stream, &code);
      return system_error(code);
    }
    done += part;
  }
  return 0;
}

int cnifti_sink_close(cnifti_sink *sink) {
  errno = 0;
  int code = gzclose(sink->stream);
  int error = code == Z_OK ? 0 : system_error(code);
  free(sink);
  return error;
}
