// The kernels that read costs as they are kept. Included for each instruction set and each type of
// COST, with COST_NAME(…) defined. Costs become doubles before anything is computed, which is exact.

#define COSTS(address) __builtin_convertvector(LOAD(COST_NAME(Eight), (address)), Doubles)

typedef COST COST_NAME(Eight) __attribute__((ext_vector_type(8)));

TARGET static TransportExtremes COST_NAME(extremesOf)(const COST *cost, size_t count) {
  Doubles least = (Doubles)__builtin_inf(), greatest = -least, poison = (Doubles)0.0;
  size_t k = 0;
  for (; k + 8 <= count; k += 8) {
    const Doubles now = COSTS(cost + k);
    least = now < least ? now : least;
    greatest = now > greatest ? now : greatest;
    // Zero times a finite number is zero; times NaN or infinity it is NaN.
    poison += now * 0.0;
  }
  TransportExtremes result = {__builtin_inf(), -__builtin_inf()};
  double taint = 0;
  for (size_t lane = 0; lane < 8; lane++) {
    result.least = least[lane] < result.least ? least[lane] : result.least;
    result.greatest = greatest[lane] > result.greatest ? greatest[lane] : result.greatest;
    taint += poison[lane];
  }
  for (; k < count; k++) {
    result.least = cost[k] < result.least ? cost[k] : result.least;
    result.greatest = cost[k] > result.greatest ? cost[k] : result.greatest;
    taint += cost[k] * 0.0;
  }
  if (taint != 0) result.least = result.greatest = __builtin_nan("");
  return result;
}

TARGET static void COST_NAME(quantize)(const COST *cost, size_t count, double offset, double scale,
                                       uint16_t *grid) {
  size_t k = 0;
  for (; k + 8 <= count; k += 8) {
    Doubles scaled = (COSTS(cost + k) - offset) * scale + 0.5;
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

TARGET static double COST_NAME(leastSumOf)(const COST *cost, const double *price, size_t count) {
  Doubles least = (Doubles)__builtin_inf(), other = least;
  size_t k = 0;
  for (; k + 16 <= count; k += 16) {
    const Doubles sum = COSTS(cost + k) + LOAD(Doubles, price + k);
    const Doubles next = COSTS(cost + k + 8) + LOAD(Doubles, price + k + 8);
    least = sum < least ? sum : least;
    other = next < other ? next : other;
  }
  least = other < least ? other : least;
  double result = __builtin_inf();
  for (size_t lane = 0; lane < 8; lane++) result = least[lane] < result ? least[lane] : result;
  for (; k < count; k++) result = cost[k] + price[k] < result ? cost[k] + price[k] : result;
  return result;
}

#undef COSTS
