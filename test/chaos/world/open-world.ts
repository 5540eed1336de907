import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { CAST } from "../trial.ts";
import { openAwsCloud } from "./aws-cloud.ts";
import { type Balancer, startBalancer } from "./balancer.ts";
import { type Chat, openChat } from "./chat.ts";
import type { Cloud } from "./cloud.ts";
import { configurationOf } from "./configuration.ts";
import { type ChaosDatabase, startDatabase } from "./database.ts";
import { createReplica, type Replica, type ReplicaFlaws } from "./replica.ts";

/** Everything around the product, and its replicas. */
export type World = {
	readonly database: ChaosDatabase;
	readonly cloud: Cloud;
	readonly chat: Chat;
	readonly replicas: readonly Replica[];
	readonly balancer: Balancer;
	/** Channels: how many lives there may be at once. */
	readonly slots: number;
	/** Calls the product as its administrator, again until it answers. */
	administer(path: string, body: unknown): Promise<void>;
	/** Asks any replica; rejects where none answers well. */
	read<T>(path: string): Promise<T>;
	close(): Promise<void>;
};

export type WorldOptions = {
	readonly replicas: number;
	readonly slots: number;
	/** What is wrong with each replica. */
	readonly flaws?: (index: number) => ReplicaFlaws;
};

/** Opens a world with every replica running and everybody's role given. */
export async function openWorld({
	replicas: count,
	slots,
	flaws = () => ({}),
}: WorldOptions): Promise<World> {
	const [database, cloud, chat] = await Promise.all([startDatabase(), openAwsCloud(slots), openChat(slots)]);
	const folder = mkdtempSync(join(tmpdir(), "sco-chaos-config-"));
	const file = join(folder, "smartcloudops.yaml");
	writeFileSync(file, JSON.stringify(configurationOf(cloud.configuration)));
	const environment = {
		...cloud.environment,
		CONFIG_FILE: file,
		DATABASE_URL: database.url,
		SLACK_BOT_TOKEN: chat.slack.botToken,
		SLACK_SIGNING_SECRET: chat.slack.signingSecret,
		SLACK_API_URL: chat.slack.apiUrl,
		LOG_LEVEL: "warn",
	};
	const names = Array.from({ length: count }, (_, index) => `replica-${index + 1}`);
	const replicas = await Promise.all(
		names.map((name, index) => createReplica(name, environment, flaws(index))),
	);
	const balancer = await startBalancer(() => replicas.flatMap((replica) => replica.url() ?? []));
	chat.slack.connect(`${balancer.url}/slack/events`);
	const headers = () => ({
		authorization: `Bearer ${replicas[0]?.apiKey()}`,
		"content-type": "application/json",
	});
	const world: World = {
		database,
		cloud,
		chat,
		replicas,
		balancer,
		slots,
		administer: async (path, body) => {
			for (let attempt = 0; attempt < 100; attempt += 1) {
				const sent = { method: "POST", headers: headers(), body: JSON.stringify(body) };
				const status = await fetch(`${balancer.url}${path}`, sent).then(
					(response) => response.status,
					() => 0,
				);
				if (status === 200) return;
				await pause(300);
			}
			throw new Error(`${path} was never answered well`);
		},
		read: async <T>(path: string) => {
			const response = await fetch(`${balancer.url}${path}`, { headers: headers() });
			const text = await response.text();
			if (!response.ok) throw new Error(`GET ${path}: ${response.status} ${text}\n${outputs(replicas)}`);
			return JSON.parse(text) as T;
		},
		close: async () => {
			await Promise.all(replicas.map((replica) => replica.close()));
			await balancer.close();
			await chat.slack.close();
			await cloud.close();
			await database.close();
			rmSync(folder, { recursive: true, force: true });
		},
	};
	try {
		const keys = replicas.map(({ auditKey }) => auditKey);
		await Promise.all(replicas.map((replica) => replica.trust(keys)));
		// The first one brings the database to its version.
		for (const replica of replicas) await replica.start();
		await giveRoles(world);
		return world;
	} catch (error) {
		await world.close();
		throw error;
	}
}

/** Who asks is an operator too: only so it shows that nobody approves what they asked for. */
async function giveRoles(world: World): Promise<void> {
	const { chat, slots } = world;
	const operators = CAST.filter((who) => who !== "visitor");
	const demoted = Array.from({ length: slots }, (_, slot) => chat.account("demoted", slot));
	for (const account of [...operators, ...demoted])
		await world.administer("/api/v1/people/roles", { identity: chat.identity(account), role: "operator" });
	await world.administer("/api/v1/people/roles", { identity: chat.identity("visitor"), role: "viewer" });
}

/** What the replicas said, for whoever must find out why something failed. */
function outputs(replicas: readonly Replica[]): string {
	return replicas
		.map((replica) => `${replica.name} (pid ${replica.pid()}):\n${replica.output().slice(-3000)}`)
		.join("\n");
}
