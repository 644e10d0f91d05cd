// The kernels, in lanes. Included once for each instruction set, with TARGET and NAME(…) defined.

TARGET static void NAME(quantize)(const double *cost, size_t count, double offset, double scale,
                                  uint16_t *grid) {
  size_t k = 0;
  for (; k + 8 <= count; k += 8) {
    Doubles scaled = (LOAD(Doubles, cost + k) - offset) * scale + 0.5;
    scaled = scaled < 65535.0 ? scaled : (Doubles)65535.0;
    scaled = scaled > 0.0 ? scaled : (Doubles)0.0;
    STORE(grid + k, __builtin_convertvector(__builtin_convertvector(scaled, HalfLanes), Shorts));
  }
  for (; k < count; k++) {
    double scaled = (cost[k] - offset) * scale + 0.5;
    scaled = scaled < 65535.0 ? scaled : 65535.0;
    grid[k] = (uint16_t)(scaled > 0.0 ? scaled : 0.0);
  }
}

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
    NAME(quantize), NAME(lower),       NAME(least),    NAME(relax),
    NAME(collect),  NAME(leastListed), NAME(leastSum),
};
