import { withConfirmField } from "../../../../handlers/slack/forms/confirm-plan.ts";
import { renderReasonModal } from "../../../../handlers/slack/forms/render-reason-modal.ts";
import { LIMITS } from "../../../../handlers/slack/limits.ts";
import { exampleApproval, examplePlan } from "../../../fakes/example-approval.ts";

const BLOCKS_OF_A_VIEW = 100;
const form = renderReasonModal({
	approvalId: "A-1",
	title: "Reboot web",
	verdict: "approve",
	required: true,
	conversation: { platform: "slack", id: "C1" },
});

function formOf(names: readonly string[]) {
	const targets = names.map((name) => ({ name, id: `aws:1:eu-west-1:i-${name}`, state: {} }));
	return withConfirmField(form, exampleApproval({ plan: examplePlan({ targets }) }));
}

const textsOf = ({ blocks }: ReturnType<typeof formOf>) =>
	blocks.flatMap((block) => ("text" in block && typeof block.text === "object" ? block.text.text : []));

test("the form names its one target, and asks for its name", () => {
	const view = formOf(["checkout"]);
	expect(textsOf(view)).toContain("Plan 0123456789ab. Targets:\ncheckout (aws:1:eu-west-1:i-checkout)");
	expect(JSON.stringify(view.blocks.at(-1))).toContain("Type the name of the target to confirm");
});

test("case 25: the most targets a policy may allow are all named, within the limits of a form", () => {
	const names = Array.from({ length: 1000 }, (_, index) => `a-long-name-of-an-instance-${index}`);
	const view = formOf(names);
	const lines = textsOf(view).join("\n").split("\n");
	for (const name of names) expect(lines).toContain(`${name} (aws:1:eu-west-1:i-${name})`);
	expect(view.blocks.length).toBeLessThanOrEqual(BLOCKS_OF_A_VIEW);
	for (const text of textsOf(view)) expect(text.length).toBeLessThanOrEqual(LIMITS.textCharacters);
	expect(JSON.stringify(view.blocks.at(-1))).toContain("Type the number of targets to confirm");
});

test("case 37: a name that hides or turns itself around is written out, and stays one line", () => {
	const [, targets = ""] = textsOf(formOf(["web\u202e\nevil <!channel>"]));
	expect(targets).toContain("[U+202E]");
	expect(targets.split("\n")).toHaveLength(2);
});
