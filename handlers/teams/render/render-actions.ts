import type { Button, ChatMessage } from "../../../src/domain/chat-message.ts";
import { listProblem } from "../../../src/use-cases/plan-view.ts";
import { LIMITS } from "../limits.ts";
import type { CardElement } from "./render-element.ts";
import { evidenceToggle } from "./render-evidence.ts";
import { showsWholePlan } from "./render-plan.ts";
import type { CardTexts } from "./render-texts.ts";

/** What pressing sends. Decisions carry an approval id and nothing else; everything else is read from the store. */
export const VERBS = {
	approve: "approval.approve",
	deny: "approval.deny",
	say: "say",
	refreshIncident: "incident.refresh",
	refreshApproval: "approval.refresh",
} as const;

/** Who looks at the card and where the console is. */
type Looker = { readonly viewer: "may-decide" | "reader"; readonly consoleUrl?: string };

/** The row of buttons: decisions for those who may decide, then the rest, then the folded evidence. */
export function renderActions(
	message: ChatMessage,
	looker: Looker,
	texts: CardTexts,
): readonly CardElement[] {
	const { plan, subject } = message;
	const buttons = message.buttons.slice(0, LIMITS.buttons);
	const decidable = looker.viewer === "may-decide" && (!plan || showsWholePlan(plan, texts));
	const opens = buttons.some(({ action }) => action === "open");
	const targets = plan?.targets;
	const cut = targets !== undefined && targets.count > targets.shown.length;
	const unreachable = cut && listProblem(targets.count, looker.consoleUrl) !== undefined;
	const pressable = unreachable ? buttons.filter(({ action }) => action !== "approve") : buttons;
	return actionSet([
		...pressable.flatMap((button) => renderButton(button, decidable, looker.consoleUrl, texts)),
		...evidenceToggle(message),
		...(cut ? openUrl(`All ${targets.count} targets`, targets.path, looker.consoleUrl) : []),
		...(subject && !opens ? openUrl("Open in the console", subject.path, looker.consoleUrl) : []),
	]);
}

/** Questions that are one press away. */
export function renderSuggestions(message: ChatMessage, texts: CardTexts): readonly CardElement[] {
	return actionSet(
		message.suggestions.slice(0, LIMITS.suggestions).flatMap((text) => say(text, text, texts)),
	);
}

/** A button that is sent to us with what it stands for. */
export function execute(
	title: string,
	verb: string,
	data: Readonly<Record<string, string>>,
	look: Readonly<Record<string, unknown>> = {},
): CardElement {
	return { type: "Action.Execute", title, verb, data, ...look };
}

function actionSet(actions: readonly CardElement[]): readonly CardElement[] {
	if (actions.length === 0) return [];
	return [{ type: "ActionSet", spacing: "Medium", actions: actions.slice(0, LIMITS.actions) }];
}

function renderButton(
	button: Button,
	decidable: boolean,
	consoleUrl: string | undefined,
	texts: CardTexts,
): readonly CardElement[] {
	const title = texts.plain(button.label, LIMITS.labelCharacters) || button.action;
	switch (button.action) {
		case "approve":
		case "deny": {
			if (!decidable) return [];
			const { approvalId, action } = button;
			const look = action === "approve" ? { style: "positive" } : {};
			return [execute(title, VERBS[action], { approvalId }, look)];
		}
		case "say":
			return say(button.label, button.text, texts);
		case "open":
			return openUrl(title, button.path, consoleUrl);
	}
}

/** A button that says its text as the person. One that is too long to be said is left out. */
function say(label: string, text: string, texts: CardTexts): readonly CardElement[] {
	const title = texts.plain(label, LIMITS.labelCharacters);
	return text.length > LIMITS.saidCharacters || title === "" ? [] : [execute(title, VERBS.say, { text })];
}

/** Leads into the console and nowhere else: a path that is none of ours gives no button. */
function openUrl(title: string, path: string, consoleUrl: string | undefined): readonly CardElement[] {
	if (consoleUrl === undefined || !/^\/(?![/\\])/.test(path)) return [];
	const base = new URL(consoleUrl);
	const url = new URL(`${base.pathname.replace(/\/$/, "")}${path}`, base);
	return url.origin === base.origin ? [{ type: "Action.OpenUrl", title, url: url.href }] : [];
}
