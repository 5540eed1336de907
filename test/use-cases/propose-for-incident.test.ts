import { APPROVAL_STATUSES, type ApprovalStatus } from "../../src/domain/approval.ts";
import { bandText } from "../../src/domain/verification.ts";
import { suggestRemediation, verificationFor } from "../../src/use-cases/propose-for-incident.ts";
import { exampleApproval } from "../fakes/example-approval.ts";
import { exampleAnomaly, exampleWatch } from "../fakes/example-watch.ts";

const watch = exampleWatch();
const anomaly = exampleAnomaly();

describe("the remediation an incident suggests", () => {
	it("is the one its watch names, for its target, checked by the metric that raised it", () => {
		expect(suggestRemediation([anomaly], [watch], [])).toEqual({
			remediation: "restart-service",
			parameters: { service: "checkout" },
			verification: {
				watch: "checkout-memory",
				metric: "memory",
				query: watch.query,
				labels: {},
				unit: "bytes",
				band: { low: 0, high: anomaly.band.high },
				withinSeconds: 60,
				holdSeconds: 10,
				intervalSeconds: 2,
			},
		});
	});

	it("follows the finding with the highest score that is still open", () => {
		const cpu = exampleWatch({ name: "checkout-cpu", metric: "CPU" });
		const worse = exampleAnomaly({ id: "AN-2", watch: "checkout-cpu", score: 9 });
		expect(suggestRemediation([anomaly, worse], [watch, cpu], [])).toMatchObject({
			verification: { metric: "CPU" },
		});
		const over = { ...worse, closedAtMs: 1 };
		expect(suggestRemediation([anomaly, over], [watch, cpu], [])).toMatchObject({
			verification: { metric: "memory" },
		});
	});

	it("is none where no watch names one", () => {
		const { remediation: _none, ...bare } = watch;
		const none = { none: "No watch of this incident names a remediation" };
		expect(suggestRemediation([anomaly], [bare], [])).toEqual(none);
		expect(suggestRemediation([anomaly], [], [])).toEqual(none);
		expect(suggestRemediation([], [watch], [])).toEqual(none);
	});

	it("is none where it was asked for before, unless that expired or was cancelled", () => {
		const again = (status: ApprovalStatus) =>
			"remediation" in suggestRemediation([anomaly], [watch], [exampleApproval({ status })]);
		expect(APPROVAL_STATUSES.filter(again)).toEqual(["expired", "cancelled"]);
		expect(suggestRemediation([anomaly], [watch], [exampleApproval({ status: "rolled_back" })])).toEqual({
			none: "A-1 already asked for restart-service and is rolled back",
		});
	});

	it("takes a target with special characters as it is", () => {
		const odd = exampleAnomaly({ target: "$& $target $1" });
		expect(suggestRemediation([odd], [watch], [])).toMatchObject({
			parameters: { service: "$& $target $1" },
		});
	});
});

describe("the check of a remediation", () => {
	const band = (parts: Parameters<typeof exampleWatch>[0], low: number, high: number) =>
		verificationFor(exampleWatch({ unit: "count", ...parts }), exampleAnomaly({ band: { low, high } })).band;

	it("leaves the side open that does not count", () => {
		expect(band({ direction: "above", floor: 0 }, 5, 10)).toEqual({ low: 0, high: 10 });
		expect(band({ direction: "above", floor: 0 }, -5, 10)).toEqual({ low: -5, high: 10 });
		expect(band({ direction: "below" }, 5, 10)).toEqual({ low: 5, high: Number.MAX_SAFE_INTEGER });
		expect(band({ direction: "both" }, 5, 10)).toEqual({ low: 5, high: 10 });
	});

	it("does not take a value below zero as outside where values may be below zero", () => {
		const open = band({ direction: "above", floor: undefined }, 5, 10);
		expect(open.low).toBeLessThan(-1e15);
		expect(bandText({ band: open, unit: "count" })).toBe("at most 10");
	});
});
