import { parseQuery } from "../../src/adapters/embedded-metrics/promql/parse-query.ts";
import { hostWatches, serviceWatches } from "../../src/compose/default-watches.ts";
import { remediations } from "../../src/remediations/registry.ts";

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

	it("propose nothing for a service that nobody here can restart", () => {
		expect(serviceWatches({ ...service, restartable: false }).some((watch) => watch.remediation)).toBe(false);
	});
});
