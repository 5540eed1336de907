import { refreshed } from "../../src/use-cases/refresh-incident.ts";
import { exampleAnomaly, exampleIncident, exampleWatch } from "../fakes/example-watch.ts";

const MB = 1024 ** 2;
const incident = exampleIncident({
	severity: "medium",
	title: "checkout: memory is above its expected band",
});
const watch = exampleWatch();
const worse = exampleAnomaly({ severity: "high", peak: 804 * MB });

describe("an incident whose finding got a new value", () => {
	it("takes the higher severity and the title of its worst", () => {
		expect(refreshed(incident, worse, watch, [])).toMatchObject({
			severity: "high",
			title: "checkout: memory is over three times its usual level",
			timeline: [{}, { kind: "severity", text: "Raised to high", severity: "high" }],
		});
	});

	it("never falls in severity", () => {
		const mild = exampleAnomaly({ severity: "low", peak: 300 * MB });
		expect(refreshed({ ...incident, severity: "critical" }, mild, watch, [])).toBeUndefined();
	});

	it("keeps the title that another finding gave it", () => {
		const other = { ...incident, title: "checkout: error rate is over ten times its usual level" };
		expect(refreshed(other, worse, watch, [])).toMatchObject({ title: other.title, severity: "high" });
	});

	it("keeps what its signal saw while all values are inside its band, and says it when one leaves it", () => {
		const drifting = { ...incident, severity: "high" as const, title: "checkout: memory is drifting" };
		const inside = { value: 240 * MB, peak: 240 * MB };
		expect(refreshed(drifting, exampleAnomaly(inside), watch, [])).toBeUndefined();
		expect(refreshed(drifting, worse, watch, [])).toMatchObject({
			title: "checkout: memory is over three times its usual level",
		});
		const still = { ...drifting, title: "checkout: memory stopped moving" };
		expect(refreshed(still, worse, watch, [])?.title).toBe(
			"checkout: memory is over three times its usual level",
		);
	});

	it("does not change once it or its finding is over", () => {
		expect(refreshed({ ...incident, status: "resolved" }, worse, watch, [])).toBeUndefined();
		expect(refreshed(incident, { ...worse, closedAtMs: 1 }, watch, [])).toBeUndefined();
	});
});
