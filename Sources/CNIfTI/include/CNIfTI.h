// An opaque face of libnifti2 and zlib for Swift: no fixed array, macro or library type shows here.
#pragma once
#include <stdint.h>

// A file that is read from its start to its end, decompressed if its content is gzip.
typedef struct cnifti_source cnifti_source;

// Opens a regular file; NULL and *error (an errno) if that fails. The caller closes.
cnifti_source *cnifti_source_open(const char *path, int *error);
int64_t cnifti_source_file_size(const cnifti_source *source);
int cnifti_source_is_gzip(const cnifti_source *source);
// Takes the bytes as they are, though they begin like gzip. Only before the first read.
void cnifti_source_disregard_gzip(cnifti_source *source);
// Reads until `count` bytes are there or the file ends. Returns how many, or -1 on an error.
int64_t cnifti_source_read(cnifti_source *source, void *bytes, int64_t count);
// What went wrong, in words; "" if nothing did. A compressed stream that just stops is told here, too.
const char *cnifti_source_problem(const cnifti_source *source);
void cnifti_source_close(cnifti_source *source);

// A stream into an open descriptor, which stays open; plain or gzip. A gzip header gets no name and no
// time, so that equal bytes in give equal bytes out.
typedef struct cnifti_sink cnifti_sink;

// NULL if there is no memory or descriptor left.
cnifti_sink *cnifti_sink_open(int descriptor, int is_gzip);
// Both return 0 or an errno. Closing flushes and frees, whatever it returns.
int cnifti_sink_write(cnifti_sink *sink, const void *bytes, int64_t count);
int cnifti_sink_close(cnifti_sink *sink);

// A NIfTI header of either version, its numbers widened to 64 bits.
typedef struct cnifti_header cnifti_header;

enum { CNIFTI_HEADER_1_SIZE = 348, CNIFTI_HEADER_2_SIZE = 540 };

enum cnifti_integer {
  CNIFTI_DIM, CNIFTI_DATATYPE, CNIFTI_BITPIX, CNIFTI_QFORM_CODE, CNIFTI_SFORM_CODE,
  CNIFTI_XYZT_UNITS, CNIFTI_INTENT_CODE, CNIFTI_VOX_OFFSET
};
enum cnifti_real {
  CNIFTI_PIXDIM, CNIFTI_SCL_SLOPE, CNIFTI_SCL_INTER,
  CNIFTI_QUATERN, /* b c d x y z */
  CNIFTI_SROW     /* 12, row by row */
};
enum cnifti_text { CNIFTI_DESCRIP, CNIFTI_INTENT_NAME };

// The size of the header that begins with these four bytes, in either byte order; 0 if it is none.
int cnifti_header_size(const void *bytes);
// Takes the bytes of a header, as many as its size. NULL if libnifti finds no NIfTI in them.
cnifti_header *cnifti_header_parse(const void *bytes, int64_t count);
// An empty header of version 1 or 2, of a single file.
cnifti_header *cnifti_header_make(int version);
// Writes the header in this machine's byte order; returns its size. `bytes` has room for 540.
int cnifti_header_write(const cnifti_header *header, void *bytes);
void cnifti_header_free(cnifti_header *header);

int cnifti_header_version(const cnifti_header *header);
int cnifti_header_is_swapped(const cnifti_header *header);
int cnifti_header_is_single_file(const cnifti_header *header);
int64_t cnifti_header_integer(const cnifti_header *header, enum cnifti_integer field, int index);
double cnifti_header_real(const cnifti_header *header, enum cnifti_real field, int index);
// Copies a text and its closing 0 into `bytes`, which has room for 81.
void cnifti_header_text(const cnifti_header *header, enum cnifti_text field, char *bytes);
void cnifti_header_set_integer(
    cnifti_header *header, enum cnifti_integer field, int index, int64_t value);
void cnifti_header_set_real(cnifti_header *header, enum cnifti_real field, int index, double value);
void cnifti_header_set_text(cnifti_header *header, enum cnifti_text field, const char *text);

// The 12 numbers of the matrix that a quaternion (b c d x y z), voxel sizes and qfac stand for.
void cnifti_quaternion_matrix(const double quatern[6], const double sizes[3], double qfac,
                              double rows[12]);
// Bits of a voxel of a datatype code; 0 if NIfTI knows no such code. The name is libnifti's.
int cnifti_datatype_bits(int code);
const char *cnifti_datatype_name(int code);
// 1 if this machine stores the most significant byte first.
int cnifti_machine_is_big_endian(void);
