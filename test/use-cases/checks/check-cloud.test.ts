import { checkCloud } from "../../../src/use-cases/checks/check-cloud.ts";

const reader = (...names: readonly string[]) => ({
	listServices: async () =>
		names.map((target) => ({ target, state: "running" as const, restarts: 0, environment: "local" })),
	readService: async () => Promise.reject(new Error("not asked for")),
});

test.each([
	[[], [], "off", "No service can be restarted: none is supervised here, and none of AWS is named."],
	[[], ["orders"], "ok", "orders is restarted in AWS."],
	[["checkout"], [], "ok", "checkout is running."],
	[["checkout"], ["orders"], "ok", "checkout is running, orders is restarted in AWS."],
] as const)("with %p supervised and %p in AWS the doctor says %s: %s", async (here, inAws, verdict, text) => {
	const check = checkCloud(
		reader(...here),
		inAws.map((name) => ({ name })),
	);
	expect(await check.run()).toEqual([{ area: "cloud", name: "services", verdict, text }]);
});
