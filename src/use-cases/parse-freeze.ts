import { AppError } from "../domain/errors.ts";
import type { Scope } from "../domain/freeze.ts";
import { nextClockTime } from "../domain/next-clock-time.ts";
import type { FreezeInput } from "./freeze-effects.ts";

const MINUTES: Readonly<Record<string, number>> = { m: 1, h: 60, d: 1440 };

/** How a freeze is written. */
export const FREEZE_USAGE =
	"freeze [environment=prod*] [target=checkout*] [remediation=restart-*] [until 14:00|for 2h] [reason <why>]";

/**
 * Reads what stands behind `freeze`, in any order but the reason, which takes the rest. Nothing at all freezes
 * everything. Pure. AppError `invalid` for what is not understood: a scope that is mistyped must not be read as none.
 */
export function parseFreeze(text: string, nowMs: number, timeZone: string): FreezeInput {
	let rest = text.trim();
	const scope: { -readonly [K in keyof Scope]: Scope[K] } = {};
	let untilMs: number | undefined;
	const take = (pattern: RegExp): RegExpExecArray | undefined => {
		const match = pattern.exec(rest);
		if (match) rest = rest.slice(match[0].length).trimStart();
		return match ?? undefined;
	};
	for (;;) {
		if (rest === "") return { scope, ...(untilMs === undefined ? {} : { untilMs }) };
		if (take(/^(?:all|everything|now)(?=\s|$)/i)) continue;
		const reason = take(/^reason[:=]?\s+([\s\S]+)$/i)?.[1];
		if (reason !== undefined) return { scope, ...(untilMs === undefined ? {} : { untilMs }), reason };
		const part = take(/^(environment|env|target|remediation)=(\S+)(?=\s|$)/i);
		if (part) {
			const name = part[1]?.toLowerCase() ?? "";
			const key = name === "target" || name === "remediation" ? name : "environment";
			if (scope[key] !== undefined) throw notUnderstood(part[0]);
			scope[key] = part[2] ?? "";
			continue;
		}
		const span = take(/^for\s+(\d{1,5})\s*(m|h|d)(?:in(?:ute)?s?|ours?|ays?)?(?=\s|$)/i);
		const clock = span ? undefined : take(/^until\s+(\d{1,2}:\d{2})(?=\s|$)/i);
		const found = span
			? nowMs + Number(span[1]) * (MINUTES[span[2]?.toLowerCase() ?? ""] ?? Number.NaN) * 60_000
			: clock && nextClockTime(clock[1] ?? "", nowMs, timeZone);
		if (found === undefined || untilMs !== undefined) throw notUnderstood(rest);
		untilMs = found;
	}
}

function notUnderstood(text: string): AppError {
	return new AppError(
		"invalid",
		`Nothing is frozen: "${text.slice(0, 60)}" is not understood. Write: ${FREEZE_USAGE}`,
	);
}
