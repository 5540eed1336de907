import { createOfflineInvestigator } from "../../../src/agent/offline/offline-investigator.ts";
import { AppError } from "../../../src/domain/errors.ts";
import type { RemediationSummary } from "../../../src/ports/remediation-catalog.ts";
import { ASKER, NOW_MS, pendingApproval, questionWorld, TIME_ZONE } from "../../fakes/question-world.ts";

type Wished = { readonly remediation: string; readonly parameters: Readonly<Record<string, unknown>> };

/** A world with AWS, where a group `api` and an instance `orders-1` exist and AWS must be asked first. */
async function withAws() {
	const world = await questionWorld();
	const [restart] = world.catalog.list();
	if (!restart) throw new Error("the world has no remediation");
	const named = (name: string): RemediationSummary => ({ ...restart, name });
	const wished: Wished[] = [];
	const offline = createOfflineInvestigator({
		...world,
		catalog: {
			list: () => [
				restart,
				...["scale-group", "stop-instance", "reboot-instance"].map((name) => named(name)),
			],
		},
		proposer: {
			propose: async (request) => {
				const name = String(request.parameters.group ?? request.parameters.instance);
				if (!["api", "orders-1"].includes(name)) throw new AppError("not_found", `There is no ${name}.`);
				wished.push({ remediation: request.remediation, parameters: request.parameters });
				return { ...pendingApproval("A-9", name), preflight: { state: "pending", checks: [] } };
			},
		},
	});
	const ask = (text: string, hiddenTargets?: ReadonlySet<string>) =>
		offline.answer({
			text,
			asker: ASKER,
			conversation: text,
			nowMs: NOW_MS,
			timeZone: TIME_ZONE,
			asCommand: true,
			...(hiddenTargets ? { hiddenTargets } : {}),
		});
	return { ask, wished };
}

test.each([
	["scale api to 6", "scale-group", { group: "api", desired: "6" }],
	["scale down api by 2", "scale-group", { group: "api", change: "-2" }],
	["stop orders-1", "stop-instance", { instance: "orders-1" }],
	["reboot orders-1", "reboot-instance", { instance: "orders-1" }],
])("%s becomes a request, and says that AWS is asked first", async (text, remediation, parameters) => {
	const { ask, wished } = await withAws();
	expect(await ask(text)).toMatchObject({
		verdict: "answered",
		approvalId: "A-9",
		text: expect.stringMatching(/requested as A-9 .*AWS is asked first whether it may be done/),
	});
	expect(wished).toEqual([{ remediation, parameters }]);
});

test("a name that nothing has is not guessed: the answer is the command to write", async () => {
	const { ask, wished } = await withAws();
	expect(await ask("scale apii to 6")).toMatchObject({
		verdict: "refused",
		text: "There is no apii. Nothing was requested or changed. With its exact name, write: propose scale-group group=<group> desired=6.",
		suggestions: ["remediations", "what can you do"],
	});
	expect(wished).toEqual([]);
});

test("where something is kept from those who read, nothing is looked up by name", async () => {
	const { ask, wished } = await withAws();
	expect(await ask("stop orders-1", new Set())).toMatchObject({
		text: "Nothing was requested or changed. To ask for it, write: propose stop-instance instance=orders-1.",
		suggestions: ["propose stop-instance instance=orders-1", "what can you do"],
	});
	expect(wished).toEqual([]);
});

test("a service is restarted and not rebooted, and stopping one is not stopping an instance", async () => {
	const { ask, wished } = await withAws();
	await ask("reboot checkout");
	await ask("stop checkout");
	expect(wished.filter(({ remediation }) => remediation !== "restart-service")).toEqual([]);
});

test.each(["please scale the thing called api for me", "stop the old orders-1"])(
	"%p is not plain enough: the answer says how to write it",
	async (text) => {
		const { ask, wished } = await withAws();
		expect((await ask(text)).text).toMatch(
			/^Nothing was requested or changed\. .* propose (scale-group|stop-instance)/,
		);
		expect(wished).toEqual([]);
	},
);

test("where this installation can't do it, it says so", async () => {
	const offline = createOfflineInvestigator(await questionWorld());
	const asked = { asker: ASKER, conversation: "C1", nowMs: NOW_MS, timeZone: TIME_ZONE };
	expect((await offline.answer({ ...asked, text: "scale api to 6" })).text).toMatch(
		/^I can't scale anything from here/,
	);
});
