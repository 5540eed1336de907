import { absentLabels } from "./absent-labels.ts";
import { aggregate, groupSeries } from "./aggregate.ts";
import { extremes } from "./aggregate-extremes.ts";
import { type Aggregation, type BinaryOperation, type Call, type Expression, isSetOperator } from "./ast.ts";
import { combineScalars, combineWithScalar } from "./combine-scalars.ts";
import { combineSets } from "./combine-sets.ts";
import { combineVectors } from "./combine-vectors.ts";
import { type Evaluation, evaluateSelector } from "./evaluate-selector.ts";
import { evaluateWindowFunction } from "./evaluate-window-function.ts";
import { histogramQuantile } from "./histogram-quantile.ts";
import { withoutName } from "./label-sets.ts";
import {
	emptySeries,
	mapped,
	mergeSameLabels,
	type StepSeries,
	type StepValue,
	withoutEmpty,
} from "./step-vector.ts";
import { applyValueFunction, isValueFunction } from "./value-functions.ts";
import { windowFunctions } from "./window-functions.ts";

/**
 * The value of a checked expression at every step of the grid. Throws AppErrors: `invalid` for what only data can
 * show (many-to-many matches, equal label sets), `limited` and `unavailable` from the budget.
 */
export function evaluate(expression: Expression, evaluation: Evaluation): StepValue {
	switch (expression.kind) {
		case "number":
			return constant(expression.value, evaluation);
		case "string":
			return { kind: "string" };
		case "selector":
			return vector(evaluateSelector(expression, evaluation));
		case "negation":
			return negate(evaluate(expression.operand, evaluation));
		case "call":
			return evaluateCall(expression, evaluation);
		case "aggregation":
			return vector(evaluateAggregation(expression, evaluation));
		case "binary":
			return evaluateBinary(expression, evaluation);
		case "matrix":
			throw new Error("a range vector is evaluated by its function only");
	}
}

const vector = (series: readonly StepSeries[]): StepValue => ({
	kind: "vector",
	series: withoutEmpty(series),
});
const seriesOf = (value: StepValue | undefined): readonly StepSeries[] =>
	value?.kind === "vector" ? value.series : [];
const scalarOf = (value: StepValue | undefined): Float64Array =>
	value?.kind === "scalar" ? value.values : new Float64Array();

function constant(value: number, { grid }: Evaluation): StepValue {
	return { kind: "scalar", values: new Float64Array(grid.count).fill(value) };
}

function negate(value: StepValue): StepValue {
	if (value.kind === "scalar") return { kind: "scalar", values: value.values.map((one) => -one) };
	const negated = seriesOf(value).map((series) => mapped(series, withoutName(series.labels), (one) => -one));
	return vector(mergeSameLabels(negated, false));
}

function evaluateCall(call: Call, evaluation: Evaluation): StepValue {
	const { grid } = evaluation;
	const windowFunction = windowFunctions.get(call.name);
	if (windowFunction) {
		const matrix = call.args.find((argument) => argument.kind === "matrix");
		const scalar = call.args.find((argument) => argument.kind !== "matrix");
		if (!matrix) throw new Error(`${call.name} without a range vector`);
		const argument = scalar && scalarOf(evaluate(scalar, evaluation));
		return vector(evaluateWindowFunction(windowFunction, matrix, argument, evaluation));
	}
	const args = call.args.map((argument) => evaluate(argument, evaluation));
	const [first, ...others] = args;
	if (isValueFunction(call.name))
		return vector(applyValueFunction(call.name, seriesOf(first), others.map(scalarOf)));
	switch (call.name) {
		case "histogram_quantile":
			return vector(histogramQuantile(scalarOf(first), seriesOf(others[0]), grid));
		case "time":
			return { kind: "scalar", values: stepSeconds(evaluation) };
		case "vector":
			return vector([{ labels: {}, values: scalarOf(first), present: new Uint8Array(grid.count).fill(1) }]);
		case "scalar":
			return { kind: "scalar", values: onlyValue(seriesOf(first), evaluation) };
		case "absent":
			return vector([absence(call, seriesOf(first), evaluation)]);
		default:
			throw new Error(`no function ${call.name}`);
	}
}

function stepSeconds({ grid }: Evaluation): Float64Array {
	return Float64Array.from({ length: grid.count }, (_, step) => (grid.startMs + step * grid.stepMs) / 1000);
}

/** The value of a vector's only series at each step, NaN where there are none or several. */
function onlyValue(series: readonly StepSeries[], { grid }: Evaluation): Float64Array {
	return Float64Array.from({ length: grid.count }, (_, step) => {
		const there = series.filter((one) => one.present[step] === 1);
		return there.length === 1 ? (there[0]?.values[step] ?? Number.NaN) : Number.NaN;
	});
}

function absence(call: Call, series: readonly StepSeries[], { grid }: Evaluation): StepSeries {
	const argument = call.args[0];
	const result = emptySeries(argument ? absentLabels(argument) : {}, grid);
	for (let step = 0; step < grid.count; step += 1)
		result.present[step] = series.some((one) => one.present[step] === 1) ? 0 : 1;
	result.values.fill(1);
	return result;
}

function evaluateAggregation(expression: Aggregation, evaluation: Evaluation): readonly StepSeries[] {
	const { operator, operand, parameter } = expression;
	const { grid, budget } = evaluation;
	const groups = groupSeries(seriesOf(evaluate(operand, evaluation)), expression);
	const argument = parameter && scalarOf(evaluate(parameter, evaluation));
	budget.reserve(groups.length, grid.count);
	if (operator === "topk" || operator === "bottomk")
		return extremes(operator, groups, argument ?? new Float64Array(grid.count), grid);
	return aggregate(operator, groups, argument, grid);
}

function evaluateBinary(expression: BinaryOperation, evaluation: Evaluation): StepValue {
	const left = evaluate(expression.left, evaluation);
	const right = evaluate(expression.right, evaluation);
	const { grid, budget } = evaluation;
	if (left.kind === "scalar" && right.kind === "scalar")
		return { kind: "scalar", values: combineScalars(expression, left.values, right.values) };
	budget.reserve(Math.max(seriesOf(left).length, seriesOf(right).length), grid.count);
	if (right.kind === "scalar")
		return vector(combineWithScalar(expression, seriesOf(left), right.values, false));
	if (left.kind === "scalar")
		return vector(combineWithScalar(expression, seriesOf(right), left.values, true));
	const combine = isSetOperator(expression.operator) ? combineSets : combineVectors;
	return vector(combine(expression, seriesOf(left), seriesOf(right), grid));
}
