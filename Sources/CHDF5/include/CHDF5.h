// A narrow facade over the HDF5 library: no type or macro of hdf5.h shows. Calls may come from any
// thread; one lock stands around the library, which Debian builds without one of its own or with.
#pragma once
#include <stddef.h>
#include <stdint.h>

#define CHDF5_MAX_RANK 32
#define CHDF5_MAX_FILTERS 8

typedef struct chdf5_file chdf5_file;
typedef struct chdf5_dataset chdf5_dataset;

// Opens a file for reading, without locks (network file systems refuse them). NULL: see chdf5_error.
chdf5_file *chdf5_open(const char *path);
void chdf5_close(chdf5_file *file);

// Why the last call on this thread failed, as the library says it; empty where it says nothing.
const char *chdf5_error(void);

// What stands in a group.
enum chdf5_kind {
  CHDF5_GROUP = 1, CHDF5_DATASET, CHDF5_EXTERNAL_LINK, CHDF5_DANGLING_LINK, CHDF5_OTHER
};

// Calls `found` for every link of a group, in no order; `address` is the place of the object in the file, the
// same for all of its names, and `number` tells in which order links were made. 1: they have numbers, 0: they
// have not, -1: failed.
int chdf5_list(
  chdf5_file *file, const char *group, void *context,
  void (*found)(
    void *context, const char *name, int kind, uint64_t address, int64_t number));

// What a path leads to: a kind, or -1. Links to other files are never followed.
int chdf5_kind_of(chdf5_file *file, const char *path);

enum chdf5_class {
  CHDF5_FLOAT = 1, CHDF5_SIGNED, CHDF5_UNSIGNED, CHDF5_BOOL, CHDF5_TEXT, CHDF5_REFERENCE, CHDF5_NO_NUMBER
};
enum chdf5_layout { CHDF5_CONTIGUOUS = 1, CHDF5_CHUNKED, CHDF5_COMPACT, CHDF5_VIRTUAL };

typedef struct {
  int rank;  // -1 for a dataset without elements (H5S_NULL)
  int64_t dims[CHDF5_MAX_RANK];
  int element_class, element_size, is_big_endian;
  int layout, has_external_data;
  int64_t chunk[CHDF5_MAX_RANK];
  int filter_count, filters[CHDF5_MAX_FILTERS];
  char missing_filter[64];  // the name of one that is not there; empty where all are
} chdf5_description;

// NULL: see chdf5_error.
chdf5_dataset *chdf5_dataset_open(chdf5_file *file, const char *path);
void chdf5_dataset_close(chdf5_dataset *dataset);
const chdf5_description *chdf5_dataset_description(const chdf5_dataset *dataset);

// The bytes that the elements take in the file; of chunks the library asks every one.
int64_t chdf5_stored_bytes(chdf5_dataset *dataset);

// Reads a box of elements in the type of the file, in C order. 0: done.
int chdf5_read(
  chdf5_dataset *dataset, const int64_t *start, const int64_t *count, void *elements);

// The bytes of a chunk as they are stored, read if there are at most `capacity`: their count, 0 where the
// chunk was never written, -1: failed. `skipped` gets a bit for every filter that this chunk went without.
int64_t chdf5_read_chunk(
  chdf5_dataset *dataset, const int64_t *start, void *bytes, int64_t capacity, uint32_t *skipped);
// The element of chunks that were never written. 0: done.
int chdf5_fill_value(chdf5_dataset *dataset, void *element);

// Calls `found` for every text of a dataset of texts, in C order; of texts of a fixed width the zeros and
// blanks that fill them are not part. 0: done.
int chdf5_texts(
  chdf5_dataset *dataset, void *context,
  void (*found)(void *context, const char *bytes, int64_t count));

// Calls `found` with the path of every object that a dataset of references names; NULL where there is
// none. 0: done.
int chdf5_references(
  chdf5_dataset *dataset, void *context, void (*found)(void *context, const char *path));

// A text attribute of an object, cut to `size`. 0: found.
int chdf5_text_attribute(
  chdf5_file *file, const char *path, const char *name, char *text, size_t size);
// The first number of a numeric attribute. 0: found.
int chdf5_number_attribute(chdf5_file *file, const char *path, const char *name, double *number);
// The paths of the dimension scales of a dataset, one an axis (DIMENSION_LIST). 0: found.
int chdf5_dimension_scales(
  chdf5_dataset *dataset, void *context, void (*found)(void *context, const char *path));
