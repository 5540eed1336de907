import { setTimeout as pause } from "node:timers/promises";
import type { Trial, Turn } from "../trial.ts";
import type { PostedCard } from "../world/chat.ts";
import type { World } from "../world/open-world.ts";
import type { Diary } from "./live.ts";

type Scene = {
	readonly card: PostedCard;
	readonly target: string;
	readonly diary: Diary;
	readonly isOver: () => boolean;
};

/** Does what else happens in a life while people press. */
export async function takeTurn(world: World, trial: Trial, turn: Turn, scene: Scene): Promise<void> {
	await pause(turn.afterMs);
	if (turn.kind === "demote") await demote(world, trial, scene);
}

async function demote(world: World, trial: Trial, { diary }: Scene): Promise<void> {
	const identity = world.chat.identity(world.chat.account("demoted", trial.slot));
	await world.administer("/api/v1/people/roles", { identity, role: "viewer" });
	diary.demoted.push({ fromMs: await databaseNow(world), untilMs: Number.POSITIVE_INFINITY });
}

async function databaseNow({ database }: World): Promise<number> {
	const [row] = await database.query("select extract(epoch from clock_timestamp()) * 1000 as ms");
	return Number(row?.ms);
}
