const STEPS = 66;
const WIDTH = 260;

const middle = (step: number) => 42 - 20 * Math.sin((step / STEPS) * 2 * Math.PI + 2.4) * 0.45;
/** A fixed, uneven wobble, so that the line looks measured. */
const wobble = (step: number) => 5 * Math.sin(step * 1.7) + 3 * Math.sin(step * 4.1 + 1);
const x = (step: number) => Math.round((step / STEPS) * WIDTH * 10) / 10;
const path = (y: (step: number) => number, steps: readonly number[]) =>
	steps.map((step) => `${x(step)} ${y(step).toFixed(1)}`).join("L");

const all = Array.from({ length: STEPS + 1 }, (_, step) => step);
const BAND = `M${path((step) => middle(step) - 22, all)}L${path((step) => middle(step) + 22, all.toReversed())}Z`;
const LINE = `M${path((step) => middle(step) + wobble(step), all)}`;

/** Decoration: a line that stays inside its band. */
export function CalmLine() {
	return (
		<svg className="spark calm-line" viewBox={`0 0 ${WIDTH} 84`} aria-hidden="true">
			<path className="band" d={BAND} />
			<path className="line" d={LINE} />
		</svg>
	);
}
