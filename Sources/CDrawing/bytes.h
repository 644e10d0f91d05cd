// Bytes that grow.
#pragma once
#include "CDrawing.h"

struct cdrawing_bytes {
  unsigned char *start;
  int64_t count, room;
};

// Returns 0, or -1 if there is no memory.
int cdrawing_bytes_append(cdrawing_bytes *bytes, const void *more, int64_t count);
