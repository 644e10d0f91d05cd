#include "bytes.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

const void *cdrawing_bytes_start(const cdrawing_bytes *bytes) { return bytes->start; }
int64_t cdrawing_bytes_count(const cdrawing_bytes *bytes) { return bytes->count; }

void cdrawing_bytes_free(cdrawing_bytes *bytes) {
  if (bytes) free(bytes->start);
  free(bytes);
}

int cdrawing_bytes_append(cdrawing_bytes *bytes, const void *more, int64_t count) {
  if (bytes->count + count > bytes->room) {
    int64_t room = 2 * (bytes->count + count);
    unsigned char *start = realloc(bytes->start, room);
    if (!start) return -1;
    bytes->start = start, bytes->room = room;
  }
  memcpy(bytes->start + bytes->count, more, count);
  bytes->count += count;
  return 0;
}

cdrawing_bytes *cdrawing_deflate(const void *bytes, int64_t count) {
  cdrawing_bytes *result = calloc(1, sizeof *result);
  uLongf size = compressBound(count);
  if (result) result->start = malloc(size);
  if (!result || !result->start || compress2(result->start, &size, bytes, count, 9) != Z_OK) {
    cdrawing_bytes_free(result);
    return NULL;
  }
  result->count = size, result->room = size;
  return result;
}

uint32_t cdrawing_checksum(const void *bytes, int64_t count) {
  return crc32_z(0, bytes, count);
}
