import type { Approval } from "../../../src/domain/approval.ts";
import type { Spot } from "../../../src/use-cases/commands/command.ts";
import { type ProposeDeps, propose } from "../../../src/use-cases/commands/propose.ts";
import { exampleActor, exampleApproval, examplePerson } from "../../fakes/example-approval.ts";

const channel = { platform: "test", id: "c" };
const spot: Spot = { conversation: channel, audience: { kind: "public", channel } };
const person = examplePerson("P1");

async function say(text: string, made: Approval, names: readonly string[] = []): Promise<string> {
	const deps: ProposeDeps = {
		catalog: {
			list: () =>
				names.map((name) => ({
					name,
					title: name,
					description: name,
					risk: "medium",
					reversal: "nothing-to-undo",
					parameters: {},
				})),
		},
		propose: async () => made,
		showRequest: async () => undefined,
	};
	for (const form of propose.forms) {
		const match = form.pattern.exec(text);
		if (!match) continue;
		const context = { actor: exampleActor(person), person, match, spot, timeZone: "UTC", commands: [] };
		return JSON.stringify(await form.run(deps, context));
	}
	throw new Error(`${text} is no command`);
}

test("who asks is told that AWS is asked first, and only where it is", async () => {
	const pending = exampleApproval({ preflight: { state: "pending", checks: [] } });
	const command = "propose restart-service service=orders";
	expect(await say(command, pending)).toContain(
		`is requested as ${pending.id}. AWS is asked first whether it may be done; then people decide. Nothing was changed yet`,
	);
	expect(await say(command, exampleApproval())).not.toContain("AWS");
});

test("the example of the list is one that can be asked for here", async () => {
	expect(await say("remediations", exampleApproval(), ["restart-service"])).toContain(
		"propose restart-service service=checkout",
	);
	expect(await say("remediations", exampleApproval(), ["restart-service", "scale-group"])).toContain(
		"propose scale-group group=web desired=4",
	);
});
