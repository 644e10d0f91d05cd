// Everything that reads; the lock and the words of errors are here too.
#include "CHDF5.h"

#include <hdf5.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct chdf5_file { hid_t id, links; };
struct chdf5_dataset { hid_t id, type, space; chdf5_description description; };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t start_once = PTHREAD_ONCE_INIT;
static _Thread_local char message[512];

static void start(void) {
  H5dont_atexit();
  H5open();
}

static herr_t keep_message(unsigned place, const H5E_error2_t *error, void *context) {
  (void)place, (void)context;
  // The innermost record tells the cause.
  if (error->desc != NULL && message[0] == 0) {
    strncpy(message, error->desc, sizeof message - 1);
    message[sizeof message - 1] = 0;
  }
  return 0;
}

static void enter(void) {
  pthread_once(&start_once, start);
  pthread_mutex_lock(&lock);
  // Errors are printed by default, on every thread.
  H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
  H5Eclear2(H5E_DEFAULT);
  message[0] = 0;
}

static void leave(int failed) {
  if (failed && message[0] == 0) H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keep_message, NULL);
  H5Eclear2(H5E_DEFAULT);
  pthread_mutex_unlock(&lock);
}

static void say(const char *text) {
  strncpy(message, text, sizeof message - 1);
  message[sizeof message - 1] = 0;
}

const char *chdf5_error(void) { return message; }

// Every way into another file goes through here.
static herr_t refuse_external(
  const char *parent, const char *group, const char *file, const char *object, unsigned *flags,
  hid_t access, void *context) {
  (void)parent, (void)group, (void)object, (void)flags, (void)access, (void)context;
  strncpy(message, "a link leads into another file, ", sizeof message - 1);
  strncat(message, file, sizeof message - strlen(message) - 1);
  return -1;
}

chdf5_file *chdf5_open(const char *path) {
  enter();
  chdf5_file *file = NULL;
  hid_t access = H5Pcreate(H5P_FILE_ACCESS);
  H5Pset_file_locking(access, 0, 1);
  hid_t id = H5Fopen(path, H5F_ACC_RDONLY, access);
  H5Pclose(access);
  if (id >= 0 && (file = calloc(1, sizeof *file)) != NULL) {
    file->id = id;
    file->links = H5Pcreate(H5P_LINK_ACCESS);
    H5Pset_elink_cb(file->links, refuse_external, NULL);
    // A circle of soft links ends sooner.
    H5Pset_nlinks(file->links, 16);
  }
  leave(file == NULL);
  return file;
}

void chdf5_close(chdf5_file *file) {
  if (file == NULL) return;
  enter();
  H5Pclose(file->links);
  H5Fclose(file->id);
  leave(0);
  free(file);
}

static int kind_of(hid_t place, const char *path, hid_t links, uint64_t *address) {
  H5L_info_t link;
  int is_root = strcmp(path, "/") == 0;
  if (!is_root && H5Lget_info(place, path, &link, links) < 0) return -1;
  if (!is_root && link.type == H5L_TYPE_EXTERNAL) return CHDF5_EXTERNAL_LINK;
  H5O_info_t object;
  if (H5Oget_info_by_name2(place, path, &object, H5O_INFO_BASIC, links) < 0)
    return CHDF5_DANGLING_LINK;
  if (address != NULL) *address = object.addr;
  return object.type == H5O_TYPE_GROUP ? CHDF5_GROUP
    : object.type == H5O_TYPE_DATASET ? CHDF5_DATASET : CHDF5_OTHER;
}

int chdf5_kind_of(chdf5_file *file, const char *path) {
  enter();
  int kind = kind_of(file->id, path, file->links, NULL);
  leave(kind < 0);
  return kind;
}

typedef struct {
  hid_t links;
  void *context;
  void (*found)(void *, const char *, int, uint64_t, int64_t);
} listing;

static herr_t list_link(hid_t group, const char *name, const H5L_info_t *info, void *data) {
  listing *list = data;
  uint64_t address = 0;
  int kind = kind_of(group, name, list->links, &address);
  list->found(
    list->context, name, kind < 0 ? CHDF5_DANGLING_LINK : kind, address,
    info->corder_valid ? info->corder : 0);
  return 0;
}

int chdf5_list(
  chdf5_file *file, const char *path, void *context,
  void (*found)(void *, const char *, int, uint64_t, int64_t)) {
  enter();
  int result = -1;
  hid_t group = H5Gopen2(file->id, path, H5P_DEFAULT);
  if (group >= 0) {
    unsigned order = 0;
    hid_t creation = H5Gget_create_plist(group);
    if (creation >= 0) {
      H5Pget_link_creation_order(creation, &order);
      H5Pclose(creation);
    }
    int is_tracked = (order & H5P_CRT_ORDER_TRACKED) != 0;
    listing list = {file->links, context, found};
    hsize_t place = 0;
    // In the order of the file: for another the library makes a table, of which it frees entries that it
    // never made where a damaged file counts more links than it has.
    if (H5Literate(
          group, is_tracked ? H5_INDEX_CRT_ORDER : H5_INDEX_NAME, H5_ITER_NATIVE, &place, list_link,
          &list) >= 0)
      result = is_tracked;
    H5Gclose(group);
  }
  leave(result < 0);
  return result;
}

static int is_float16(hid_t type) {
  size_t sign, exponent, exponent_size, mantissa, mantissa_size;
  return H5Tget_size(type) == 2
    && H5Tget_fields(type, &sign, &exponent, &exponent_size, &mantissa, &mantissa_size) >= 0
    && sign == 15 && exponent == 10 && exponent_size == 5 && mantissa == 0 && mantissa_size == 10
    && H5Tget_ebias(type) == 15;
}

static int is_plain_float(hid_t type) {
  return H5Tequal(type, H5T_IEEE_F32LE) > 0 || H5Tequal(type, H5T_IEEE_F32BE) > 0
    || H5Tequal(type, H5T_IEEE_F64LE) > 0 || H5Tequal(type, H5T_IEEE_F64BE) > 0 || is_float16(type);
}

static int is_plain_integer(hid_t type) {
  size_t size = H5Tget_size(type);
  return (size == 1 || size == 2 || size == 4 || size == 8) && H5Tget_precision(type) == size * 8
    && H5Tget_offset(type) == 0;
}

static int class_of(hid_t type) {
  switch (H5Tget_class(type)) {
    case H5T_FLOAT: return is_plain_float(type) ? CHDF5_FLOAT : CHDF5_NO_NUMBER;
    case H5T_INTEGER:
      return !is_plain_integer(type) ? CHDF5_NO_NUMBER
        : H5Tget_sign(type) == H5T_SGN_NONE ? CHDF5_UNSIGNED : CHDF5_SIGNED;
    case H5T_ENUM: return H5Tget_size(type) == 1 ? CHDF5_BOOL : CHDF5_NO_NUMBER;
    case H5T_STRING: return CHDF5_TEXT;
    case H5T_REFERENCE:
      return H5Tequal(type, H5T_STD_REF_OBJ) > 0 ? CHDF5_REFERENCE : CHDF5_NO_NUMBER;
    default: return CHDF5_NO_NUMBER;
  }
}

static void describe_storage(hid_t id, hid_t creation, chdf5_description *it) {
  switch (H5Pget_layout(creation)) {
    case H5D_CHUNKED: it->layout = CHDF5_CHUNKED; break;
    case H5D_COMPACT: it->layout = CHDF5_COMPACT; break;
    case H5D_VIRTUAL: it->layout = CHDF5_VIRTUAL; break;
    default: it->layout = CHDF5_CONTIGUOUS;
  }
  it->has_external_data = H5Pget_external_count(creation) > 0;
  if (it->layout == CHDF5_CHUNKED) {
    hsize_t chunk[CHDF5_MAX_RANK];
    int rank = H5Pget_chunk(creation, CHDF5_MAX_RANK, chunk);
    for (int axis = 0; axis < rank; axis++) it->chunk[axis] = (int64_t)chunk[axis];
  }
  int count = H5Pget_nfilters(creation);
  it->filter_count = count < 0 ? 0 : count;
  for (int place = 0; place < count; place++) {
    char name[64] = "";
    unsigned flags;
    size_t values = 0;
    H5Z_filter_t filter =
      H5Pget_filter2(creation, (unsigned)place, &flags, &values, NULL, sizeof name, name, NULL);
    if (place < CHDF5_MAX_FILTERS) it->filters[place] = filter;
    if (filter >= 0 && H5Zfilter_avail(filter) <= 0 && it->missing_filter[0] == 0)
      snprintf(
        it->missing_filter, sizeof it->missing_filter, "%s%snumber %d", name, name[0] ? ", " : "",
        filter);
  }
}

// A stripe of chunks along the first axis, so that no chunk is unpacked twice while it is read.
static size_t cache_bytes(const chdf5_description *it) {
  if (it->layout != CHDF5_CHUNKED) return 0;
  double bytes = it->element_size;
  for (int axis = 0; axis < it->rank; axis++) {
    double chunks = axis == 0 ? 1 : (double)((it->dims[axis] + it->chunk[axis] - 1) / it->chunk[axis]);
    bytes *= (double)it->chunk[axis] * chunks;
  }
  return bytes > (256 << 20) ? 256 << 20 : (size_t)bytes + 1;
}

chdf5_dataset *chdf5_dataset_open(chdf5_file *file, const char *path) {
  enter();
  chdf5_dataset *it = calloc(1, sizeof *it);
  int isSound = 0;
  hid_t id = it == NULL || kind_of(file->id, path, file->links, NULL) != CHDF5_DATASET
    ? -1 : H5Dopen2(file->id, path, H5P_DEFAULT);
  if (id >= 0) {
    it->id = id;
    it->type = H5Dget_type(id);
    it->space = H5Dget_space(id);
    chdf5_description *description = &it->description;
    int rank = H5Sget_simple_extent_ndims(it->space);
    if (H5Sget_simple_extent_type(it->space) == H5S_NULL) rank = -1;
    if (rank <= CHDF5_MAX_RANK) {
      isSound = 1;
      description->rank = rank;
      hsize_t dims[CHDF5_MAX_RANK];
      if (rank > 0) H5Sget_simple_extent_dims(it->space, dims, NULL);
      for (int axis = 0; axis < rank; axis++) description->dims[axis] = (int64_t)dims[axis];
      description->element_class = class_of(it->type);
      description->element_size = (int)H5Tget_size(it->type);
      description->is_big_endian = H5Tget_order(it->type) == H5T_ORDER_BE;
      hid_t creation = H5Dget_create_plist(id);
      describe_storage(id, creation, description);
      H5Pclose(creation);
    } else {
      say("it has too many axes");
    }
    size_t cache = cache_bytes(description);
    if (isSound && cache > (1 << 20)) {
      hid_t access = H5Pcreate(H5P_DATASET_ACCESS);
      H5Pset_chunk_cache(access, 100003, cache, 1.0);
      H5Dclose(id);
      it->id = H5Dopen2(file->id, path, access);
      H5Pclose(access);
      isSound = it->id >= 0;
    }
  }
  leave(!isSound);
  if (!isSound) {
    chdf5_dataset_close(it);
    return NULL;
  }
  return it;
}

void chdf5_dataset_close(chdf5_dataset *dataset) {
  if (dataset == NULL) return;
  pthread_mutex_lock(&lock);
  if (dataset->space > 0) H5Sclose(dataset->space);
  if (dataset->type > 0) H5Tclose(dataset->type);
  if (dataset->id > 0) H5Dclose(dataset->id);
  pthread_mutex_unlock(&lock);
  free(dataset);
}

const chdf5_description *chdf5_dataset_description(const chdf5_dataset *dataset) {
  return &dataset->description;
}

int64_t chdf5_stored_bytes(chdf5_dataset *dataset) {
  enter();
  hsize_t size = H5Dget_storage_size(dataset->id);
  leave(0);
  return size > INT64_MAX ? INT64_MAX : (int64_t)size;
}

int chdf5_read(chdf5_dataset *dataset, const int64_t *start, const int64_t *count, void *elements) {
  enter();
  herr_t status = -1;
  int rank = dataset->description.rank;
  if (rank == 0) {
    status = H5Dread(dataset->id, dataset->type, H5S_ALL, H5S_ALL, H5P_DEFAULT, elements);
  } else if (rank > 0) {
    hsize_t first[CHDF5_MAX_RANK], extent[CHDF5_MAX_RANK];
    for (int axis = 0; axis < rank; axis++)
      first[axis] = (hsize_t)start[axis], extent[axis] = (hsize_t)count[axis];
    // Of the same rank: with another, every element is moved by itself.
    hid_t memory = H5Screate_simple(rank, extent, NULL);
    if (H5Sselect_hyperslab(dataset->space, H5S_SELECT_SET, first, NULL, extent, NULL) >= 0)
      status =
        H5Dread(dataset->id, dataset->type, memory, dataset->space, H5P_DEFAULT, elements);
    H5Sclose(memory);
  }
  leave(status < 0);
  return status < 0 ? -1 : 0;
}

int64_t chdf5_read_chunk(
  chdf5_dataset *dataset, const int64_t *start, void *bytes, int64_t capacity, uint32_t *skipped) {
  enter();
  hsize_t offset[CHDF5_MAX_RANK], size = 0;
  for (int axis = 0; axis < dataset->description.rank; axis++) offset[axis] = (hsize_t)start[axis];
  // The library fails for a chunk that was never written.
  if (H5Dget_chunk_storage_size(dataset->id, offset, &size) < 0) size = 0;
  int is_read = size > 0 && size <= (hsize_t)capacity;
  herr_t status = is_read ? H5Dread_chunk(dataset->id, H5P_DEFAULT, offset, skipped, bytes) : 0;
  leave(status < 0);
  return status < 0 ? -1 : (int64_t)size;
}

int chdf5_fill_value(chdf5_dataset *dataset, void *element) {
  enter();
  hid_t creation = H5Dget_create_plist(dataset->id);
  herr_t status = H5Pget_fill_value(creation, dataset->type, element);
  H5Pclose(creation);
  leave(status < 0);
  return status < 0 ? -1 : 0;
}

static int64_t element_count(const chdf5_description *description) {
  if (description->rank < 0) return 0;
  int64_t count = 1;
  for (int axis = 0; axis < description->rank; axis++) count *= description->dims[axis];
  return count;
}

// Texts of variable length as C has them, in the letters of a type of the file.
static hid_t text_memory(hid_t type) {
  hid_t memory = H5Tcopy(H5T_C_S1);
  H5Tset_size(memory, H5T_VARIABLE);
  H5Tset_cset(memory, H5Tget_cset(type));
  return memory;
}

int chdf5_texts(
  chdf5_dataset *dataset, void *context, void (*found)(void *, const char *, int64_t)) {
  enter();
  herr_t status = -1;
  int64_t count = element_count(&dataset->description);
  if (count == 0) {
    status = 0;
  } else if (H5Tis_variable_str(dataset->type) > 0) {
    char **texts = calloc((size_t)count, sizeof *texts);
    hid_t memory = text_memory(dataset->type);
    if (texts != NULL) {
      status = H5Dread(dataset->id, memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, texts);
      for (int64_t place = 0; status >= 0 && place < count; place++) {
        const char *text = texts[place] == NULL ? "" : texts[place];
        found(context, text, (int64_t)strlen(text));
      }
      if (status >= 0) H5Dvlen_reclaim(memory, dataset->space, H5P_DEFAULT, texts);
    }
    H5Tclose(memory);
    free(texts);
  } else {
    size_t size = (size_t)dataset->description.element_size;
    char *bytes = calloc((size_t)count, size);
    int has_blanks = H5Tget_strpad(dataset->type) == H5T_STR_SPACEPAD;
    if (bytes != NULL)
      status = H5Dread(dataset->id, dataset->type, H5S_ALL, H5S_ALL, H5P_DEFAULT, bytes);
    for (int64_t place = 0; status >= 0 && place < count; place++) {
      const char *text = bytes + (size_t)place * size;
      size_t length = strnlen(text, size);
      while (has_blanks && length > 0 && text[length - 1] == ' ') length--;
      found(context, text, (int64_t)length);
    }
    free(bytes);
  }
  leave(status < 0);
  return status < 0 ? -1 : 0;
}

static void tell_reference(
  hid_t place, const hobj_ref_t *reference, void *context, void (*found)(void *, const char *)) {
  char path[1024];
  ssize_t length = H5Rget_name(place, H5R_OBJECT, reference, path, sizeof path);
  found(context, length > 0 && (size_t)length < sizeof path ? path : NULL);
}

int chdf5_references(
  chdf5_dataset *dataset, void *context, void (*found)(void *, const char *)) {
  enter();
  herr_t status = -1;
  int64_t count = element_count(&dataset->description);
  hobj_ref_t *references = calloc((size_t)count + 1, sizeof *references);
  if (references != NULL && dataset->description.element_class == CHDF5_REFERENCE)
    status =
      H5Dread(dataset->id, H5T_STD_REF_OBJ, H5S_ALL, H5S_ALL, H5P_DEFAULT, references);
  for (int64_t place = 0; status >= 0 && place < count; place++)
    tell_reference(dataset->id, references + place, context, found);
  free(references);
  leave(status < 0);
  return status < 0 ? -1 : 0;
}

int chdf5_dimension_scales(
  chdf5_dataset *dataset, void *context, void (*found)(void *, const char *)) {
  enter();
  herr_t status = -1;
  hid_t attribute = H5Aexists(dataset->id, "DIMENSION_LIST") > 0
    ? H5Aopen(dataset->id, "DIMENSION_LIST", H5P_DEFAULT) : -1;
  if (attribute >= 0) {
    hid_t space = H5Aget_space(attribute), type = H5Aget_type(attribute);
    hssize_t count = H5Sget_simple_extent_npoints(space);
    hid_t memory = H5Tvlen_create(H5T_STD_REF_OBJ);
    hvl_t lists[CHDF5_MAX_RANK];
    if (H5Tget_class(type) == H5T_VLEN && count == dataset->description.rank) {
      status = H5Aread(attribute, memory, lists);
      for (hssize_t axis = 0; status >= 0 && axis < count; axis++) {
        if (lists[axis].len > 0) tell_reference(dataset->id, lists[axis].p, context, found);
        else found(context, NULL);
      }
      if (status >= 0) H5Dvlen_reclaim(memory, space, H5P_DEFAULT, lists);
    }
    H5Tclose(memory);
    H5Tclose(type);
    H5Sclose(space);
    H5Aclose(attribute);
  }
  leave(status < 0);
  return status < 0 ? -1 : 0;
}

static hid_t open_attribute(chdf5_file *file, const char *path, const char *name) {
  return H5Aexists_by_name(file->id, path, name, file->links) > 0
    ? H5Aopen_by_name(file->id, path, name, H5P_DEFAULT, file->links) : -1;
}

int chdf5_text_attribute(
  chdf5_file *file, const char *path, const char *name, char *text, size_t size) {
  enter();
  int isFound = 0;
  hid_t attribute = open_attribute(file, path, name);
  if (attribute >= 0) {
    hid_t type = H5Aget_type(attribute), space = H5Aget_space(attribute);
    size_t length = H5Tget_size(type);
    if (H5Tget_class(type) == H5T_STRING && H5Sget_simple_extent_npoints(space) == 1) {
      if (H5Tis_variable_str(type) > 0) {
        char *own = NULL;
        hid_t memory = text_memory(type);
        if (H5Aread(attribute, memory, &own) >= 0 && own != NULL) {
          snprintf(text, size, "%s", own);
          H5free_memory(own);
          isFound = 1;
        }
        H5Tclose(memory);
      } else if (length < (1 << 20)) {
        char *own = calloc(length + 1, 1);
        if (own != NULL && H5Aread(attribute, type, own) >= 0) {
          snprintf(text, size, "%s", own);
          isFound = 1;
        }
        free(own);
      }
    }
    H5Sclose(space);
    H5Tclose(type);
    H5Aclose(attribute);
  }
  leave(0);
  return isFound ? 0 : -1;
}

int chdf5_number_attribute(chdf5_file *file, const char *path, const char *name, double *number) {
  enter();
  int isFound = 0;
  hid_t attribute = open_attribute(file, path, name);
  if (attribute >= 0) {
    hid_t type = H5Aget_type(attribute), space = H5Aget_space(attribute);
    H5T_class_t kind = H5Tget_class(type);
    if ((kind == H5T_FLOAT || kind == H5T_INTEGER) && H5Sget_simple_extent_npoints(space) == 1)
      isFound = H5Aread(attribute, H5T_NATIVE_DOUBLE, number) >= 0;
    H5Sclose(space);
    H5Tclose(type);
    H5Aclose(attribute);
  }
  leave(0);
  return isFound ? 0 : -1;
}
