import { detectorNames } from "../../models/registry.ts";
import { judgesTargets } from "../../models/target/judges-targets.ts";
import { AppError } from "../domain/errors.ts";
import { nextClockTime } from "../domain/next-clock-time.ts";
import { Unit } from "../domain/quantity.ts";
import { Severity } from "../domain/severity.ts";
import type { Watch } from "../domain/watch.ts";
import type { NewWatch } from "./change-watch.ts";
import { readMetricName } from "./read-metric-name.ts";
import { refuseOption } from "./refuse-option.ts";
import { TARGET_METRIC, withScores } from "./target-watch.ts";

/** How a new watch is written. */
export const ADD_USAGE =
	"watch add <name> <query> [metric=<word>] [unit=percent] [target=<name> or label=<label>] [every=30s] [direction=above|below|both] [change=<least>] [for=2m] [severity=high] [detector=<name>]";

const KEYS = [
	"metric",
	"unit",
	"target",
	"label",
	"every",
	"direction",
	"change",
	"for",
	"severity",
	"detector",
] as const;
/** An option at the end of the line. Words with blanks stand in quotes. */
const OPTION = new RegExp(`\\s(${KEYS.join("|")})=(?:"([^"]{0,60})"|(\\S{1,60}))\\s*$`, "i");
const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };
const DIRECTIONS = ["above", "below", "both"] as const satisfies readonly Watch["direction"][];
const LABEL = /^[a-z_]\w*$/i;
const DEFAULT_MUTE_MS = 3_600_000;

/**
 * Reads what stands behind `watch add`: a name, a query in PromQL, and options at the end. Quotes that a chat platform
 * made typographic are made plain. `taken` is a sentence on what was taken for a metric or a unit that is not written,
 * or empty. Pure.
 * @throws AppError `invalid`
 */
export function readNewWatch(
	name: string,
	text: string,
	environment: string,
): { readonly watch: NewWatch; readonly taken: string } {
	let rest = ` ${text.replaceAll(/[“”„]/g, '"').replaceAll(/[‘’]/g, "'").trim()}`;
	const options = new Map<string, string>();
	for (let match = OPTION.exec(rest); match; match = OPTION.exec(rest)) {
		const key = match[1]?.toLowerCase() ?? "";
		if (options.has(key)) throw new AppError("invalid", `${key}= is written twice; nothing changed.`);
		options.set(key, match[2] ?? match[3] ?? "");
		rest = rest.slice(0, match.index);
	}
	const query = rest
		.trim()
		.replace(/^(`+)([\s\S]*)\1$/, "$2")
		.trim();
	if (query === "") throw new AppError("invalid", `The query is missing. Write: ${ADD_USAGE}`);
	refuseOption(query, KEYS);
	const target = options.get("target");
	const label = options.get("label");
	if (target !== undefined && label !== undefined)
		throw new AppError(
			"invalid",
			"Write target= for one target or label= for the label that names it, not both.",
		);
	if (target?.includes("="))
		throw new AppError(
			"invalid",
			`target= is the name of one target, not "${target}". For a label that names the targets write ${target.startsWith("label=") ? target : "label=<label>"} without target=; nothing changed.`,
		);
	if (label !== undefined && !LABEL.test(label))
		throw new AppError(
			"invalid",
			`label= is the name of a label, such as job, not "${label}"; nothing changed.`,
		);
	const detector = options.get("detector");
	const chosen = detector === undefined ? {} : { detector: choice("detector", detector, detectorNames) };
	const isScore = judgesTargets(chosen);
	const read = isScore ? { word: TARGET_METRIC } : readMetricName(query);
	const metric = options.get("metric") ?? read.word ?? name.toLowerCase().replaceAll("-", " ");
	const unit = choice("unit", options.get("unit"), Unit.options, read.unit ?? "count");
	const taken = [
		...(options.has("metric") ? [] : [`metric="${metric}"`]),
		...(options.has("unit") ? [] : [`unit=${unit}`]),
	];
	const watch = withScores({
		name: name.toLowerCase(),
		metric,
		kind: "other",
		query,
		unit,
		intervalSeconds: secondsOf("every", options.get("every") ?? "15s", 1),
		target: target === undefined ? { label: label ?? "job" } : { name: target },
		environment,
		direction: choice("direction", options.get("direction"), DIRECTIONS, "above"),
		minimumChange: numberOf("change", options.get("change") ?? "0"),
		forSeconds: secondsOf("for", options.get("for") ?? "0s", 0),
		maximumSeverity: choice("severity", options.get("severity"), Severity.options, "high"),
		...chosen,
	});
	return {
		watch,
		taken: isScore || taken.length === 0 ? "" : `Taken, as it was not written: ${taken.join(" ")}.`,
	};
}

/**
 * Reads until when something is muted, and why: `for 2h`, `until 08:00`, `2h`, or nothing, which is one hour. Pure.
 * @throws AppError `invalid`
 */
export function readUntil(
	text: string,
	nowMs: number,
	timeZone: string,
): { readonly untilMs: number; readonly reason: string | undefined } {
	const line = text.trim();
	const span = /^(?:for\s+)?(\d{1,5})\s*(m|h|d)(?:in(?:ute)?s?|ours?|ays?)?(?=\s|$)/i.exec(line);
	const clock = span ? null : /^(?:until\s+)?(\d{1,2}:\d{2})(?=\s|$)/i.exec(line);
	const untilMs = span
		? nowMs +
			Number(span[1]) * ({ m: 60, h: 3600, d: 86_400 }[span[2]?.toLowerCase() ?? ""] ?? Number.NaN) * 1000
		: clock
			? nextClockTime(clock[1] ?? "", nowMs, timeZone)
			: nowMs + DEFAULT_MUTE_MS;
	if (untilMs === undefined || (!span && !clock && /^(?:for|until)\b/i.test(line)))
		throw new AppError(
			"invalid",
			`"${line.slice(0, 40)}" is no time. Write for 30m, for 2h or until 08:00; nothing changed.`,
		);
	const rest = line.slice((span ?? clock)?.[0].length ?? 0).trim();
	const reason = rest.replace(/^reason[:=]?\s+/i, "");
	return { untilMs, reason: reason === "" ? undefined : reason };
}

function choice<Option extends string>(
	key: string,
	written: string | undefined,
	options: readonly Option[],
	fallback?: Option,
): Option {
	if (written === undefined && fallback !== undefined) return fallback;
	const found = options.find((option) => option === written?.toLowerCase());
	if (found) return found;
	throw new AppError(
		"invalid",
		`${key}= is one of ${options.join(", ")}, not "${written}"; nothing changed.`,
	);
}

function secondsOf(key: string, written: string, least: number): number {
	const match = /^(\d{1,6})(s|m|h)?$/i.exec(written);
	const seconds = match ? Number(match[1]) * (SECONDS[match[2]?.toLowerCase() ?? "s"] ?? 1) : Number.NaN;
	if (seconds >= least && seconds <= 86_400) return seconds;
	throw new AppError("invalid", `${key}= is a span such as 30s or 5m, not "${written}"; nothing changed.`);
}

function numberOf(key: string, written: string): number {
	const value = written === "" ? Number.NaN : Number(written);
	if (Number.isFinite(value) && value >= 0) return value;
	throw new AppError("invalid", `${key}= is a number from 0 on, not "${written}"; nothing changed.`);
}
