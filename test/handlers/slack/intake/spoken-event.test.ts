import { spokenEvent } from "../../../../handlers/slack/intake/spoken-event.ts";
import { exampleActor, examplePerson } from "../../../fakes/example-approval.ts";

const conversation = { platform: "slack", id: "C1" };
const audience = { kind: "public", channel: conversation } as const;
const actor = exampleActor(examplePerson("P1"));
const barred = "Your Slack account is deactivated.";

test("case 16: a command carries why its account is barred; a question needs no right and carries nothing", () => {
	const spot = { conversation, audience, speaker: { actor, barred, timeZone: "Europe/Berlin" } };
	expect(spokenEvent("freeze", "freeze", spot)).toEqual({
		kind: "command",
		text: "freeze",
		conversation,
		audience,
		actor,
		timeZone: "Europe/Berlin",
		barred,
	});
	expect(spokenEvent("what is wrong now?", "what is wrong now?", spot)).not.toHaveProperty("barred");
});

test("a command of an account in good standing carries nothing of it", () => {
	const spot = { conversation, audience, speaker: { actor } };
	expect(spokenEvent("cancel A-3", "cancel A-3", spot)).toEqual({
		kind: "command",
		text: "cancel A-3",
		conversation,
		audience,
		actor,
	});
});
