import { setTimeout as pause } from "node:timers/promises";
import type { Dice } from "../dice.ts";
import type { Trial, Turn } from "../trial.ts";
import type { PostedCard } from "../world/chat.ts";
import type { World } from "../world/open-world.ts";
import { command, type Diary } from "./live.ts";

type Scene = {
	readonly card: PostedCard;
	readonly target: string;
	readonly diary: Diary;
	readonly dice: Dice;
	/** Asks for the same once more. */
	readonly ask: () => Promise<void>;
};

/** Does what else happens in a life while people press. */
export async function takeTurn(world: World, trial: Trial, turn: Turn, scene: Scene): Promise<void> {
	const { card, target, diary, dice } = scene;
	await pause(turn.afterMs);
	switch (turn.kind) {
		case "demote":
			return demote(world, trial, diary);
		case "freeze":
			return command(world, trial, "otto", `freeze target=${target} reason chaos`, "freeze", diary, dice);
		case "cancel":
			return command(
				world,
				trial,
				"asker",
				`cancel ${card.key.slice("approval:".length)}`,
				"cancel",
				diary,
				dice,
			);
		case "ask-again":
			return scene.ask();
	}
}

async function demote(world: World, trial: Trial, { demoted }: Diary): Promise<void> {
	const identity = world.chat.identity(world.chat.account("demoted", trial.slot));
	await world.administer("/api/v1/people/roles", { identity, role: "viewer" });
	demoted.push({ fromMs: await databaseNow(world), untilMs: Number.POSITIVE_INFINITY });
}

async function databaseNow({ database }: World): Promise<number> {
	for (;;) {
		const rows = await database
			.query("select extract(epoch from clock_timestamp()) * 1000 as ms")
			.catch(() => undefined);
		if (rows?.[0]) return Number(rows[0].ms);
		await pause(200);
	}
}
