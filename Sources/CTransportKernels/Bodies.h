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
    const Lanes hit = sum <= bound;
    if (!ANY(hit)) continue;
    for (size_t lane = 0; lane < TRANSPORT_LANES && k + lane < count; lane++)
      if (hit[lane]) found[length++] = (int32_t)(k + lane);
  }
  return length;
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
    NAME(relax),             NAME(collect),          NAME(leastListed),
    NAME(leastSumOfDoubles), NAME(leastSumOfFloats),
};
