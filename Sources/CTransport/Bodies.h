// The kernels, in lanes. Included once for each instruction set, with TARGET and NAME(…) defined.

#define COST double
#define COST_NAME(kernel) NAME(kernel##Doubles)
#include "CostBodies.h"
#undef COST
#undef COST_NAME

#define COST float
#define COST_NAME(kernel) NAME(kernel##Floats)
#include "CostBodies.h"
#undef COST
#undef COST_NAME

TARGET static void NAME(lower)(const uint16_t *cost, size_t count, uint16_t *least) {
  for (size_t k = 0; k < count; k += TRANSPORT_LANES) {
    const ShortLanes now = LOAD(ShortLanes, least + k), other = LOAD(ShortLanes, cost + k);
    STORE(least + k, other < now ? other : now);
  }
}

TARGET static TransportLeast NAME(least)(const uint16_t *cost, const int32_t *price, size_t count) {
  Lanes least = (Lanes)INT32_MAX, place = (Lanes)0, here = FIRST_INDICES;
  for (size_t k = 0; k < count; k += TRANSPORT_LANES) {
    const Lanes sum = (Lanes)(WIDE(cost + k) + LOAD(UnsignedLanes, price + k));
    const Lanes smaller = sum < least;
    least = smaller ? sum : least;
    place = smaller ? here : place;
    here += TRANSPORT_LANES;
  }
  const int32_t value = __builtin_reduce_min(least);
  const Lanes candidates = least == value ? place : (Lanes)INT32_MAX;
  return (TransportLeast){value, __builtin_reduce_min(candidates)};
}

TARGET static TransportLeast NAME(relax)(const uint16_t *cost, const int32_t *price, size_t count,
                                         int32_t base, int32_t row, int32_t *key,
                                         int32_t *parent) {
  UnsignedLanes least = (UnsignedLanes)UINT32_MAX;
  Lanes place = (Lanes)0, here = FIRST_INDICES;
  for (size_t k = 0; k < count; k += TRANSPORT_LANES) {
    __builtin_prefetch(cost + k + 512);
    const Lanes reach =
        (Lanes)(WIDE(cost + k) + LOAD(UnsignedLanes, price + k) + (uint32_t)base);
    Lanes keys = LOAD(Lanes, key + k);
    const Lanes closer = reach < keys;
    if (ANY(closer)) {
      keys = closer ? reach : keys;
      STORE(key + k, keys);
      STORE(parent + k, closer ? (Lanes)row : LOAD(Lanes, parent + k));
    }
    const Lanes smaller = (UnsignedLanes)keys < least;
    least = smaller ? (UnsignedLanes)keys : least;
    place = smaller ? here : place;
    here += TRANSPORT_LANES;
  }
  const uint32_t value = __builtin_reduce_min(least);
  const Lanes candidates = least == value ? place : (Lanes)INT32_MAX;
  return (TransportLeast){(int32_t)value, __builtin_reduce_min(candidates)};
}

TARGET static size_t NAME(collect)(const uint16_t *cost, const int32_t *price, size_t count,
                                   int32_t bound, int32_t *found) {
  size_t length = 0;
  for (size_t k = 0; k < count; k += TRANSPORT_LANES) {
    const Lanes sum = (Lanes)(WIDE(cost + k) + LOAD(UnsignedLanes, price + k));
    for (uint32_t hits = BITS(sum <= bound); hits != 0; hits &= hits - 1) {
      const size_t place = k + (size_t)__builtin_ctz(hits);
      if (place < count) found[length++] = (int32_t)place;
    }
  }
  return length;
}

// Four rounds, each of which interleaves the first half of the lines with the second, leave line l
// with what was at place l of every line.
TARGET static void NAME(turn)(const uint16_t *strip, size_t stripStride, size_t lanes, size_t rows,
                              uint16_t *grid, size_t gridStride) {
  for (size_t row = 0; row < rows; row += TRANSPORT_LANES)
    for (size_t left = 0; left < lanes; left += TRANSPORT_LANES) {
      ShortLanes line[TRANSPORT_LANES], next[TRANSPORT_LANES];
      for (size_t l = 0; l < TRANSPORT_LANES; l++)
        line[l] = LOAD(ShortLanes, strip + (left + l) * stripStride + row);
      for (size_t round = 0; round < 4; round++) {
        for (size_t l = 0; l < TRANSPORT_LANES / 2; l++) {
          next[2 * l] = LOW_HALVES(line[l], line[l + TRANSPORT_LANES / 2]);
          next[2 * l + 1] = HIGH_HALVES(line[l], line[l + TRANSPORT_LANES / 2]);
        }
        __builtin_memcpy(line, next, sizeof(line));
      }
      for (size_t l = 0; l < TRANSPORT_LANES && row + l < rows; l++)
        STORE(grid + (row + l) * gridStride + left, line[l]);
    }
}

// Four running minima keep the loads apart; the place is looked for only when it is wanted.
TARGET static ptrdiff_t NAME(leastListed)(const double *cost, const int32_t *column, size_t count,
                                          const double *price, double bound) {
  double least[4] = {bound, bound, bound, bound};
  size_t k = 0;
  for (; k + 4 <= count; k += 4)
    for (size_t lane = 0; lane < 4; lane++) {
      const double sum = cost[k + lane] + price[column[k + lane]];
      least[lane] = sum < least[lane] ? sum : least[lane];
    }
  for (; k < count; k++) {
    const double sum = cost[k] + price[column[k]];
    least[0] = sum < least[0] ? sum : least[0];
  }
  double value = least[0];
  for (size_t lane = 1; lane < 4; lane++) value = least[lane] < value ? least[lane] : value;
  if (!(value < bound)) return -1;
  for (k = 0; k < count; k++)
    if (cost[k] + price[column[k]] == value) return (ptrdiff_t)k;
  return -1;
}

static const TransportKernels NAME(kernels) = {
    NAME(extremesOfDoubles), NAME(extremesOfFloats), NAME(quantizeDoubles),
    NAME(quantizeFloats),    NAME(lower),            NAME(least),
    NAME(relax),             NAME(collect),          NAME(turn),
    NAME(leastListed),       NAME(leastSumOfDoubles), NAME(leastSumOfFloats),
};
