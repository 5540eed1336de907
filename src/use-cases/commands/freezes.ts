import type { Actor } from "../../domain/actor.ts";
import { type ChatMessage, chatMessage } from "../../domain/chat-message.ts";
import { AppError, toAppError } from "../../domain/errors.ts";
import type { Freeze } from "../../domain/freeze.ts";
import { freezeText, scopeText } from "../../domain/judge-freeze.ts";
import type { MaintenanceWindow } from "../../domain/maintenance.ts";
import { formatDuration } from "../../domain/quantity.ts";
import { timeToken } from "../../domain/time-text.ts";
import { type HiddenTargets, isAnyHidden } from "../../domain/visibility.ts";
import type { Store } from "../../ports/store.ts";
import { explainFreeze, type Frozen, freezeEffects } from "../freeze-effects.ts";
import { liftFreeze } from "../lift-freeze.ts";
import { nextMaintenance, openMaintenance } from "../maintenance-times.ts";
import { FREEZE_USAGE, parseFreeze } from "../parse-freeze.ts";
import type { Command, Spot } from "./command.ts";

const ROWS = 10;
const NAMED = 5;

export type FreezesDeps = {
	readonly store: Store;
	readonly maintenance: readonly MaintenanceWindow[];
	/** Targets that may not be named to this person where others read along. */
	hiddenTargets(actor: Actor, audience: Spot["audience"]): Promise<HiddenTargets | undefined>;
};

/** Stopping all changes, and planned work. */
export const freezes: Command<FreezesDeps> = {
	words: ["freeze", "freezes", "unfreeze", "maintenance"],
	does: "stops changes at once, shows and lifts freezes, shows planned maintenance",
	reserved: true,
	forms: [
		{
			usage: FREEZE_USAGE,
			does: "stops changes at once, everywhere or within a scope",
			role: "operator",
			pattern: /^freeze(?:\s+(?!F-\d)([\s\S]+))?$/i,
			run: async (deps, { actor, match, spot, timeZone }) => {
				const input = parseFreeze(match[1] ?? "", await deps.store.now(), timeZone);
				const frozen = await freezeEffects(deps, actor, input).catch(notFrozen);
				return frozenMessage(frozen, await deps.hiddenTargets(actor, spot.audience));
			},
		},
		{
			usage: "freeze F-1 reason <why>",
			does: "says afterwards why a freeze was made",
			role: "operator",
			pattern: /^freeze\s+(F-\d{1,12})\s+(?:reason[:=]?\s+)?([\s\S]+)$/i,
			run: async (deps, { actor, match }) => {
				const [, id = "", reason = ""] = match;
				await explainFreeze(deps, actor, { freezeId: id.toUpperCase(), reason });
				return chatMessage({ text: `Your reason is kept with ${id.toUpperCase()}.` });
			},
		},
		{
			usage: "unfreeze F-1 <reason>",
			does: "lifts a freeze",
			role: "admin",
			pattern: /^unfreeze\s+(F-\d{1,12})\s+([\s\S]+)$/i,
			run: async (deps, { actor, match }) => {
				const [, id = "", reason = ""] = match;
				const { scope } = await liftFreeze(deps, actor, { freezeId: id.toUpperCase(), reason });
				const text = `${id.toUpperCase()} is lifted: ${scopeText(scope)} can be changed again. What was cancelled meanwhile has to be asked for anew.`;
				return chatMessage({ text });
			},
		},
		{
			usage: "freezes",
			does: "shows what is frozen",
			role: "viewer",
			pattern: /^freezes$/i,
			run: async ({ store }) => freezesMessage(await store.freezes.active()),
		},
		{
			usage: "maintenance",
			does: "shows planned maintenance, now and next",
			role: "viewer",
			pattern: /^maintenance$/i,
			run: async ({ store, maintenance }) => maintenanceMessage(maintenance, await store.now()),
		},
	],
};

/** Who wants to stop everything must not have to guess whether it stopped. */
function notFrozen(thrown: unknown): never {
	const { code, message, detail, extra } = toAppError(thrown);
	throw new AppError(code, `Nothing is frozen. ${message}`, { detail, extra, cause: thrown });
}

/** Pure. */
function frozenMessage({ freeze, underway }: Frozen, hidden: HiddenTargets | undefined): ChatMessage {
	const told = underway.filter(({ plan }) => !isAnyHidden(hidden, plan.targets));
	const named = told
		.slice(0, NAMED)
		.map(
			({ id, plan, status }) =>
				`${id} (${plan.title}, ${status === "executing" ? "running" : "being checked"})`,
		);
	const others = underway.length - named.length;
	const list = [...named, ...(others > 0 ? [`${others} ${others === 1 ? "other" : "others"}`] : [])].join(
		", ",
	);
	const goesOn =
		underway.length === 0 ? "Nothing was under way." : `Already under way, and not stopped: ${list}.`;
	return chatMessage({
		state: { kind: "info", text: "Frozen" },
		text: `${freezeText(freeze)} ${goesOn}`,
		footer: [
			...(freeze.reason === undefined ? [`Say why: freeze ${freeze.id} reason <why>`] : []),
			`Lifted by an admin: unfreeze ${freeze.id} <reason>`,
		],
	});
}

/** Pure. */
function freezesMessage(active: readonly Freeze[]): ChatMessage {
	if (active.length === 0) return chatMessage({ text: "Nothing is frozen; changes are allowed." });
	const more = active.length - ROWS;
	return chatMessage({
		text: `${active.length === 1 ? "1 freeze is" : `${active.length} freezes are`} in force.`,
		table: {
			columns: [
				{ title: "Freeze", align: "left" },
				{ title: "What", align: "left" },
				{ title: "By, since", align: "left" },
				{ title: "Until", align: "left" },
				{ title: "Reason", align: "left" },
			],
			rows: active
				.slice(0, ROWS)
				.map(({ id, scope, actorName, createdAtMs, untilMs, reason }) => [
					id,
					scopeText(scope),
					`${actorName}, ${timeToken(createdAtMs)}`,
					untilMs === undefined ? "until lifted" : timeToken(untilMs),
					reason ?? "none given",
				]),
		},
		footer: more > 0 ? [`and ${more} ${more === 1 ? "other" : "others"}`] : [],
	});
}

/** Pure but for the calendar of each window. */
function maintenanceMessage(windows: readonly MaintenanceWindow[], nowMs: number): ChatMessage {
	if (windows.length === 0)
		return chatMessage({
			text: "No maintenance is planned; windows are written under maintenance: in the configuration.",
		});
	const open = openMaintenance(windows, nowMs);
	const next = nextMaintenance(windows, nowMs);
	const rows = [
		...open.map((span) => ({ span, when: `now, until ${timeToken(span.endMs)}` })),
		...next.map((span) => ({
			span,
			when: `${timeToken(span.startMs)}, for ${formatDuration(span.endMs - span.startMs)}`,
		})),
	];
	const more = rows.length - ROWS;
	return chatMessage({
		text:
			open.length === 0
				? "No maintenance now."
				: `Maintenance now: ${open.map(({ match }) => scopeText(match)).join(", ")}. Nothing is told of and nothing is changed there.`,
		table: {
			columns: [
				{ title: "Window", align: "left" },
				{ title: "What", align: "left" },
				{ title: "When", align: "left" },
			],
			rows: rows.slice(0, ROWS).map(({ span, when }) => [span.name, scopeText(span.match), when]),
		},
		footer: more > 0 ? [`and ${more} ${more === 1 ? "other" : "others"}`] : [],
	});
}
