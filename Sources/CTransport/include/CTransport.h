// The inner loops of the exact transport solver, for each instruction set.
//
// Every kernel is written once, in lanes of fixed width (Bodies.h), and compiled for several
// instruction sets; those that read costs, for costs of eight and of four bytes (CostBodies.h).
// Integer kernels are exact, and the others compute in double and neither reorder sums nor fuse
// products, so all instruction sets give the same bits.
#ifndef C_TRANSPORT_KERNELS_H
#define C_TRANSPORT_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// The lanes of an integer kernel. Rows of costs, and the arrays beside them, are padded to a
// multiple of it; pointers need no alignment.
#define TRANSPORT_LANES 16

#pragma clang assume_nonnull begin

// A value and the least index at which it stands.
typedef struct {
  int32_t value;
  int32_t index;
} TransportLeast;

typedef struct {
  double least;
  double greatest;
} TransportExtremes;

typedef struct {
  // The least and the greatest cost. Both are NaN when a cost is NaN or infinite; the least is above
  // the greatest when there is none. Any count.
  TransportExtremes (*_Nonnull extremesOfDoubles)(const double *cost, size_t count);
  TransportExtremes (*_Nonnull extremesOfFloats)(const float *cost, size_t count);

  // grid[k] = floor((cost[k] - offset) * scale + 0.5), held within 0 and 65535. Any count.
  void (*_Nonnull quantizeDoubles)(const double *cost, size_t count, double offset, double scale,
                                   uint16_t *grid);
  void (*_Nonnull quantizeFloats)(const float *cost, size_t count, double offset, double scale,
                                  uint16_t *grid);

  // least[k] = min(least[k], cost[k]). Padded count.
  void (*_Nonnull lower)(const uint16_t *cost, size_t count, uint16_t *least);

  // min over k of cost[k] + price[k], and its index. Padded count.
  TransportLeast (*_Nonnull least)(const uint16_t *cost, const int32_t *price, size_t count);

  // The step of Dijkstra's algorithm: where base + cost[k] + price[k] < key[k], that sum becomes
  // the key and `row` the parent. Then the least key, read as unsigned, so that a key of -1 is
  // never found and never improved by a sum that is not negative. Padded count.
  TransportLeast (*_Nonnull relax)(const uint16_t *cost, const int32_t *price, size_t count,
                                   int32_t base, int32_t row, int32_t *key, int32_t *parent);

  // Writes the k < count with cost[k] + price[k] <= bound, ascending, and returns how many there
  // are. `count` need not be padded, the arrays are.
  size_t (*_Nonnull collect)(const uint16_t *cost, const int32_t *price, size_t count,
                             int32_t bound, int32_t *found);

  // Turns lines of a strip into columns: grid[r * gridStride + l] = strip[l * stripStride + r] for
  // l < lanes and r < rows. `lanes` is padded, and so are the lines of the strip.
  void (*_Nonnull turn)(const uint16_t *strip, size_t stripStride, size_t lanes, size_t rows,
                        uint16_t *grid, size_t gridStride);

  // The least k with the least cost[k] + price[column[k]], or -1 when no such sum is below `bound`.
  ptrdiff_t (*_Nonnull leastListed)(const double *cost, const int32_t *column, size_t count,
                                    const double *price, double bound);

  // min over k of cost[k] + price[k]. Any count; infinity when there is none.
  double (*_Nonnull leastSumOfDoubles)(const double *cost, const double *price, size_t count);
  double (*_Nonnull leastSumOfFloats)(const float *cost, const double *price, size_t count);
} TransportKernels;

typedef enum {
  TransportBaseline = 0,
  TransportAVX2 = 1,
  TransportAVX512 = 2,
} TransportInstructionSet;

// Whether this machine has the instructions.
bool transportHas(TransportInstructionSet set);

// The kernels compiled for an instruction set; the baseline ones when this machine lacks it.
const TransportKernels *transportKernels(TransportInstructionSet set);

#pragma clang assume_nonnull end

#endif
