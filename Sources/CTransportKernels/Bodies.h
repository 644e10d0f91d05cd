// The kernels, in lanes. Included once for each instruction set, with TARGET and NAME(…) defined.

TARGET static void NAME(quantize)(const double *cost, size_t count, double offset, double scale,
                                  int32_t *grid) {
  size_t k = 0;
  for (; k + 8 <= count; k += 8) {
    const Doubles scaled = (LOAD(Doubles, cost + k) - offset) * scale + 0.5;
    const HalfLanes rounded = __builtin_convertvector(scaled, HalfLanes);
    STORE(grid + k, rounded);
  }
  for (; k < count; k++) grid[k] = (int32_t)((cost[k] - offset) * scale + 0.5);
}

TARGET static void NAME(lower)(const int32_t *cost, size_t count, int32_t *least) {
  for (size_t k = 0; k < count; k += TRANSPORT_LANES) {
    const Lanes now = LOAD(Lanes, least + k), other = LOAD(Lanes, cost + k);
    STORE(least + k, other < now ? other : now);
  }
}

TARGET static TransportLeast NAME(least)(const int32_t *cost, const int32_t *price, size_t count) {
  Lanes least = (Lanes)INT32_MAX, place = (Lanes)0, here = FIRST_INDICES;
  for (size_t k = 0; k < count; k += TRANSPORT_LANES) {
    const Lanes sum = (Lanes)(LOAD(UnsignedLanes, cost + k) + LOAD(UnsignedLanes, price + k));
    const Lanes smaller = sum < least;
    least = smaller ? sum : least;
    place = smaller ? here : place;
    here += TRANSPORT_LANES;
  }
  const int32_t value = __builtin_reduce_min(least);
  const Lanes candidates = least == value ? place : (Lanes)INT32_MAX;
  return (TransportLeast){value, __builtin_reduce_min(candidates)};
}

TARGET static void NAME(lowerBounds)(const int32_t *grid, size_t count, uint16_t *floors) {
  for (size_t k = 0; k < count; k += TRANSPORT_LANES) {
    const Lanes floor = LOAD(Lanes, grid + k) >> TRANSPORT_FLOOR_SHIFT;
    const Lanes bounded = floor < UINT16_MAX ? floor : (Lanes)UINT16_MAX;
    STORE(floors + k, __builtin_convertvector(bounded, ShortLanes));
  }
}

TARGET static TransportLeast NAME(relax)(const uint16_t *floors, const int32_t *cost,
                                         const int32_t *price, size_t count, int32_t base,
                                         int32_t row, int32_t *key, int32_t *parent) {
  UnsignedLanes least = (UnsignedLanes)UINT32_MAX;
  Lanes place = (Lanes)0, here = FIRST_INDICES;
  for (size_t k = 0; k < count; k += TRANSPORT_LANES) {
    __builtin_prefetch(floors + k + 512);
    const UnsignedLanes rest = LOAD(UnsignedLanes, price + k) + (uint32_t)base;
    const UnsignedLanes floor = __builtin_convertvector(LOAD(ShortLanes, floors + k),
                                                        UnsignedLanes)
                                << TRANSPORT_FLOOR_SHIFT;
    Lanes keys = LOAD(Lanes, key + k);
    if (ANY((Lanes)(floor + rest) < keys)) {
      const Lanes reach = (Lanes)(LOAD(UnsignedLanes, cost + k) + rest);
      const Lanes closer = reach < keys;
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

TARGET static size_t NAME(collect)(const int32_t *cost, const int32_t *price, size_t count,
                                   int32_t bound, int32_t *found) {
  size_t length = 0;
  for (size_t k = 0; k < count; k += TRANSPORT_LANES) {
    const Lanes sum = (Lanes)(LOAD(UnsignedLanes, cost + k) + LOAD(UnsignedLanes, price + k));
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

TARGET static double NAME(leastSum)(const double *cost, const double *price, size_t count) {
  Doubles least = (Doubles)__builtin_inf(), other = least;
  size_t k = 0;
  for (; k + 16 <= count; k += 16) {
    const Doubles sum = LOAD(Doubles, cost + k) + LOAD(Doubles, price + k);
    const Doubles next = LOAD(Doubles, cost + k + 8) + LOAD(Doubles, price + k + 8);
    least = sum < least ? sum : least;
    other = next < other ? next : other;
  }
  least = other < least ? other : least;
  double result = __builtin_inf();
  for (size_t lane = 0; lane < 8; lane++) result = least[lane] < result ? least[lane] : result;
  for (; k < count; k++) result = cost[k] + price[k] < result ? cost[k] + price[k] : result;
  return result;
}

static const TransportKernels NAME(kernels) = {
    NAME(quantize), NAME(lower),   NAME(least),       NAME(lowerBounds),
    NAME(relax),    NAME(collect), NAME(leastListed), NAME(leastSum),
};
