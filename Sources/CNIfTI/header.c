// Headers: bytes <-> struct nifti_2_header, the wider of the two, which holds either version.
#include "CNIfTI.h"

#include <nifti/nifti2_io.h>
#include <pthread.h>

struct cnifti_header {
  nifti_2_header fields;
  int version, swapped;
};

// libnifti tells its errors on stderr; the caller of this facade has its own words for them.
static pthread_once_t silence_once = PTHREAD_ONCE_INIT;
static void silence(void) { nifti_set_debug_level(0); }

// A float that overflows to an integer type is undefined in C, so both ways convert by assignment
// between equal kinds only: float <-> double, int <-> int.
#define COPY_COMMON_FIELDS(to, from)                                                             \
  do {                                                                                           \
    memcpy((to).magic, (from).magic, 4);                                                         \
    memcpy((to).descrip, (from).descrip, sizeof (to).descrip);                                   \
    memcpy((to).aux_file, (from).aux_file, sizeof (to).aux_file);                                \
    memcpy((to).intent_name, (from).intent_name, sizeof (to).intent_name);                       \
    (to).datatype = (from).datatype, (to).bitpix = (from).bitpix;                                \
    (to).intent_code = (from).intent_code, (to).xyzt_units = (from).xyzt_units;                  \
    (to).qform_code = (from).qform_code, (to).sform_code = (from).sform_code;                    \
    (to).scl_slope = (from).scl_slope, (to).scl_inter = (from).scl_inter;                        \
    (to).quatern_b = (from).quatern_b, (to).qoffset_x = (from).qoffset_x;                        \
    (to).quatern_c = (from).quatern_c, (to).qoffset_y = (from).qoffset_y;                        \
    (to).quatern_d = (from).quatern_d, (to).qoffset_z = (from).qoffset_z;                        \
    for (int n = 0; n < 8; n++)                                                                  \
      (to).dim[n] = (from).dim[n], (to).pixdim[n] = (from).pixdim[n];                            \
    for (int n = 0; n < 4; n++)                                                                  \
      (to).srow_x[n] = (from).srow_x[n], (to).srow_y[n] = (from).srow_y[n],                      \
      (to).srow_z[n] = (from).srow_z[n];                                                         \
  } while (0)

static int32_t first_number(const void *bytes) {
  int32_t size;
  memcpy(&size, bytes, sizeof size);
  return size;
}

static int is_header_size(int32_t size) {
  return size == CNIFTI_HEADER_1_SIZE || size == CNIFTI_HEADER_2_SIZE;
}

int cnifti_header_size(const void *bytes) {
  int32_t size = first_number(bytes);
  if (!is_header_size(size)) nifti_swap_4bytes(1, &size);
  return is_header_size(size) ? size : 0;
}

cnifti_header *cnifti_header_parse(const void *bytes, int64_t count) {
  pthread_once(&silence_once, silence);
  int size = count < 4 ? 0 : cnifti_header_size(bytes);
  if (size == 0 || count < size) return NULL;
  int version = nifti_header_version(bytes, count);
  if (version != (size == CNIFTI_HEADER_2_SIZE ? 2 : 1)) return NULL;
  cnifti_header *header = cnifti_header_make(version);
  if (!header) return NULL;
  header->swapped = first_number(bytes) != size;
  if (version == 2) {
    memcpy(&header->fields, bytes, sizeof header->fields);
    if (header->swapped) nifti_swap_as_nifti2(&header->fields);
  } else {
    nifti_1_header narrow;
    memcpy(&narrow, bytes, sizeof narrow);
    if (header->swapped) nifti_swap_as_nifti1(&narrow);
    COPY_COMMON_FIELDS(header->fields, narrow);
    // A NIfTI-1 offset is a float; what fits no integer becomes one that no file can have.
    float offset = narrow.vox_offset;
    header->fields.vox_offset =
        offset >= -1e15f && offset <= 1e15f && offset == (float)(int64_t)offset
            ? (int64_t)offset : INT64_MIN;
  }
  return header;
}

cnifti_header *cnifti_header_make(int version) {
  cnifti_header *header = calloc(1, sizeof *header);
  if (!header) return NULL;
  header->version = version;
  memcpy(header->fields.magic, version == 2 ? "n+2\0\r\n\032\n" : "n+1\0\0\0\0\0", 8);
  return header;
}

int cnifti_header_write(const cnifti_header *header, void *bytes) {
  if (header->version == 2) {
    nifti_2_header wide = header->fields;
    wide.sizeof_hdr = sizeof wide;
    memcpy(bytes, &wide, sizeof wide);
    return sizeof wide;
  }
  nifti_1_header narrow;
  memset(&narrow, 0, sizeof narrow);
  COPY_COMMON_FIELDS(narrow, header->fields);
  narrow.sizeof_hdr = sizeof narrow;
  narrow.regular = 'r';
  narrow.vox_offset = header->fields.vox_offset;
  memcpy(bytes, &narrow, sizeof narrow);
  return sizeof narrow;
}

void cnifti_header_free(cnifti_header *header) { free(header); }

int cnifti_header_version(const cnifti_header *header) { return header->version; }
int cnifti_header_is_swapped(const cnifti_header *header) { return header->swapped; }
int cnifti_header_is_single_file(const cnifti_header *header) {
  return header->fields.magic[1] == '+';
}

int64_t cnifti_header_integer(const cnifti_header *header, enum cnifti_integer field, int index) {
  const nifti_2_header *fields = &header->fields;
  switch (field) {
    case CNIFTI_DIM: return fields->dim[index];
    case CNIFTI_DATATYPE: return fields->datatype;
    case CNIFTI_BITPIX: return fields->bitpix;
    case CNIFTI_QFORM_CODE: return fields->qform_code;
    case CNIFTI_SFORM_CODE: return fields->sform_code;
    case CNIFTI_XYZT_UNITS: return fields->xyzt_units;
    case CNIFTI_INTENT_CODE: return fields->intent_code;
    case CNIFTI_VOX_OFFSET: return fields->vox_offset;
  }
  return 0;
}

void cnifti_header_set_integer(
    cnifti_header *header, enum cnifti_integer field, int index, int64_t value) {
  nifti_2_header *fields = &header->fields;
  switch (field) {
    case CNIFTI_DIM: fields->dim[index] = value; break;
    case CNIFTI_DATATYPE: fields->datatype = value; break;
    case CNIFTI_BITPIX: fields->bitpix = value; break;
    case CNIFTI_QFORM_CODE: fields->qform_code = value; break;
    case CNIFTI_SFORM_CODE: fields->sform_code = value; break;
    case CNIFTI_XYZT_UNITS: fields->xyzt_units = value; break;
    case CNIFTI_INTENT_CODE: fields->intent_code = value; break;
    case CNIFTI_VOX_OFFSET: fields->vox_offset = value; break;
  }
}

static double *real_field(nifti_2_header *fields, enum cnifti_real field, int index) {
  switch (field) {
    case CNIFTI_PIXDIM: return &fields->pixdim[index];
    case CNIFTI_SCL_SLOPE: return &fields->scl_slope;
    case CNIFTI_SCL_INTER: return &fields->scl_inter;
    case CNIFTI_QUATERN: {
      double *parts[6] = {&fields->quatern_b, &fields->quatern_c, &fields->quatern_d,
                          &fields->qoffset_x, &fields->qoffset_y, &fields->qoffset_z};
      return parts[index];
    }
    case CNIFTI_SROW: {
      double *rows[3] = {fields->srow_x, fields->srow_y, fields->srow_z};
      return &rows[index / 4][index % 4];
    }
  }
  return NULL;
}

double cnifti_header_real(const cnifti_header *header, enum cnifti_real field, int index) {
  return *real_field((nifti_2_header *)&header->fields, field, index);
}

void cnifti_header_set_real(
    cnifti_header *header, enum cnifti_real field, int index, double value) {
  *real_field(&header->fields, field, index) = value;
}

void cnifti_header_text(const cnifti_header *header, enum cnifti_text field, char *bytes) {
  const nifti_2_header *fields = &header->fields;
  size_t room = field == CNIFTI_DESCRIP ? sizeof fields->descrip : sizeof fields->intent_name;
  memcpy(bytes, field == CNIFTI_DESCRIP ? fields->descrip : fields->intent_name, room);
  bytes[room] = 0;
}

void cnifti_header_set_text(cnifti_header *header, enum cnifti_text field, const char *text) {
  nifti_2_header *fields = &header->fields;
  size_t room = field == CNIFTI_DESCRIP ? sizeof fields->descrip : sizeof fields->intent_name;
  char *place = field == CNIFTI_DESCRIP ? fields->descrip : fields->intent_name;
  memset(place, 0, room);
  memcpy(place, text, strnlen(text, room - 1));
}

void cnifti_quaternion_matrix(const double quatern[6], const double sizes[3], double qfac,
                              double rows[12]) {
  nifti_dmat44 matrix = nifti_quatern_to_dmat44(
      quatern[0], quatern[1], quatern[2], quatern[3], quatern[4], quatern[5],
      sizes[0], sizes[1], sizes[2], qfac);
  memcpy(rows, matrix.m, 12 * sizeof *rows);
}

int cnifti_datatype_bits(int code) {
  int bytes = 0, swap = 0;
  if (code == DT_BINARY) return 1;
  nifti_datatype_sizes(code, &bytes, &swap);
  return 8 * bytes;
}

const char *cnifti_datatype_name(int code) { return nifti_datatype_string(code); }

int cnifti_machine_is_big_endian(void) { return nifti_short_order() == 2; }
