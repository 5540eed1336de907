import { additiveRegression } from "../../models/forecast/additive-regression.ts";
import type { Forecaster } from "../../models/forecast/define-forecaster.ts";
import { directRegression } from "../../models/forecast/direct-regression.ts";
import { holtWinters } from "../../models/forecast/holt-winters.ts";
import { lastValue } from "../../models/forecast/last-value.ts";
import { patternTrend } from "../../models/forecast/pattern-trend.ts";
import { seasonalBlend } from "../../models/forecast/seasonal-blend.ts";
import { seasonalNaive } from "../../models/forecast/seasonal-naive.ts";
import { linear } from "./linear-candidate.ts";

/** Every model that is compared; the last one is what the product uses. */
export const CANDIDATES: readonly Forecaster[] = [
	lastValue,
	seasonalNaive,
	linear,
	holtWinters,
	additiveRegression,
	patternTrend,
	directRegression,
	seasonalBlend,
];
