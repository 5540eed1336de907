import type { Life } from "../evidence.ts";
import type { Violation } from "../violation.ts";
import { acknowledgedKept } from "./acknowledged-kept.ts";
import { auditedBefore } from "./audited-before.ts";
import { decidedOnce } from "./decided-once.ts";
import { effectsOnce } from "./effects-once.ts";
import { endedOnce } from "./ended-once.ts";
import { limitsHeld } from "./limits-held.ts";
import { oneCard } from "./one-card.ts";
import { quorumHeld } from "./quorum-held.ts";
import { stoppedStaysStopped } from "./stopped-stays-stopped.ts";
import { viewsAgree } from "./views-agree.ts";
import { worseIsNoticed } from "./worse-is-noticed.ts";

/** A judge says in sentences what is wrong with a life; a right one leaves it without words. */
type Judge = (life: Life) => readonly string[];

const JUDGES: readonly (readonly [invariant: string, judge: Judge])[] = [
	["I1", effectsOnce],
	["I1", viewsAgree],
	["I2", endedOnce],
	["I2", decidedOnce],
	["I3", quorumHeld],
	["I4", auditedBefore],
	["I5", acknowledgedKept],
	["I7", stoppedStaysStopped],
	["I8", limitsHeld],
	["I9", worseIsNoticed],
	["I10", oneCard],
];

/** What every invariant says about a life. */
export function judgeLife(life: Life): readonly Violation[] {
	return JUDGES.flatMap(([invariant, judge]) =>
		judge(life).map((text) => ({ invariant, trial: life.trial.number, text })),
	);
}
