import { stream } from "../../models/stream/stream.ts";
import { parseQuery } from "../../src/adapters/embedded-metrics/promql/parse-query.ts";
import { hostWatches, serviceWatches } from "../../src/compose/default-watches.ts";
import { remediations } from "../../src/remediations/registry.ts";
import { gaussian } from "../fakes/noise.ts";

const MB = 1024 * 1024;
const service = { job: "checkout", environment: "local", intervalSeconds: 2, restartable: true };
const all = [
	...hostWatches({ environment: "local", intervalSeconds: 5, host: "host" }),
	...hostWatches({ environment: "prod", intervalSeconds: 15, host: undefined }),
	...serviceWatches(service),
];

describe("the default watches", () => {
	it.each(all.map((watch) => [watch.name, watch] as const))(
		"%s asks what the embedded metrics can answer",
		(_name, watch) => {
			expect(() => parseQuery(watch.query)).not.toThrow();
		},
	);

	it("propose only remediations that exist, with parameters that fit", () => {
		for (const { remediation } of all) {
			if (!remediation) continue;
			const known = remediations.find((item) => item.name === remediation.name);
			expect(known?.parameters.safeParse({ ...remediation.parameters, service: "checkout" }).success).toBe(
				true,
			);
		}
	});

	it.each([
		["checkout-memory", 75 * MB, 95 * MB, 75 * MB + 6 * 10 * MB],
		["checkout-latency", 0.035, 0.15, 0.44],
	])(
		"of a service: %s is quiet about what a busy machine does, and tells of a fault",
		(name, usual, busy, broken) => {
			const watch = all.find((one) => one.name === name);
			if (!watch) throw new Error(`${name} is a default`);
			const outside = (last: number) => {
				const bank = stream.open({ ...watch, stepSeconds: watch.intervalSeconds, sensitivity: "normal" });
				const slot = bank.add();
				const noise = gaussian(3);
				for (let i = 0; i < 300; i += 1) bank.push(slot, usual * (1 + 0.02 * noise()), i * 2000);
				for (let i = 300; i < 306; i += 1) bank.push(slot, last * (1 + 0.02 * noise()), i * 2000);
				return bank.judgement(slot).outside;
			};
			expect([outside(busy), outside(broken)]).toEqual([false, true]);
		},
	);

	it("propose nothing for a service that nobody here can restart", () => {
		expect(serviceWatches({ ...service, restartable: false }).some((watch) => watch.remediation)).toBe(false);
	});
});
