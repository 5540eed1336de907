import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { AccessKey } from "./access-key.ts";
import { type Call, callLog } from "./call-log.ts";
import type { CommandHandler } from "./commands.ts";
import { type Effect, effectLog } from "./effect-log.ts";
import { type Faults, faultSource } from "./faults.ts";
import { type RegionWorld, regionWorld } from "./region-world.ts";
import { type Cloud, serveCall } from "./serve-call.ts";
import { worldOf } from "./world.ts";

export type FakeAwsOptions = {
	readonly keys: readonly AccessKey[];
	/** The world's clock, Unix milliseconds; default the real one. */
	readonly clock?: () => number;
	/** What signatures are judged by, since clients sign with the real time; default the real one. */
	readonly signingClock?: () => number;
	/** Every effect is appended to it as a line of JSON. */
	readonly logFile?: string;
	/** How long pending, stopping and other passing states last; default 20 ms. */
	readonly transitionMs?: number;
	/** How long a sent command is missing from the lists; default 0. */
	readonly commandListLagMs?: number;
	/** How many commands a region remembers; default 20,000. */
	readonly commandBound?: number;
	/** How many calls are remembered at least; default 5,000. */
	readonly callBound?: number;
};

export type FakeAws = {
	/** For AWS_ENDPOINT_URL: every service answers here. */
	readonly url: string;
	/** Every change of the world that calls have made, in order. */
	readonly effects: readonly Effect[];
	/** The latest calls, when they were answered. */
	readonly calls: readonly Call[];
	/** By access key id; may be changed while the fake runs. */
	readonly keys: Map<string, AccessKey>;
	readonly faults: Faults;
	readonly world: {
		/** A region of an account, by default the first key's. */
		region(name: string, account?: string): RegionWorld;
	};
	/** Takes the place of the handler that commands go to; by default each succeeds without output. */
	onCommand(handler: CommandHandler): void;
	/** Cuts every connection and closes the log. */
	stop(): Promise<void>;
};

/** Starts an AWS of one process on a free port of the loopback interface. */
export async function startFakeAws(options: FakeAwsOptions): Promise<FakeAws> {
	const keys = new Map(options.keys.map((key) => [key.accessKeyId, key]));
	const clock = options.clock ?? Date.now;
	const effects = effectLog(options.logFile);
	const calls = callLog(options.callBound ?? 5000);
	const faults = faultSource();
	let handler: CommandHandler = () => ({});
	const world = worldOf({
		clock,
		transitionMs: options.transitionMs ?? 20,
		commandListLagMs: options.commandListLagMs ?? 0,
		commandBound: options.commandBound ?? 20_000,
		runCommand: (call) => handler(call),
	});
	const signingClock = options.signingClock ?? Date.now;
	const stopping = new AbortController();
	const cloud: Cloud = {
		keys,
		world,
		effects,
		calls,
		faults,
		clock,
		signingClock,
		stopping: stopping.signal,
	};
	const server = createServer((message, response) => void serveCall(cloud, message, response));
	// Idle connections stay open, so that none is cut but by a planted fault.
	server.keepAliveTimeout = 600_000;
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const homeAccount = options.keys[0]?.account ?? "111122223333";
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		effects: effects.effects,
		calls: calls.calls,
		keys,
		faults,
		world: { region: (name, account = homeAccount) => regionWorld(world.region(account, name)) },
		onCommand(next) {
			handler = next;
		},
		async stop() {
			stopping.abort();
			const closed = new Promise<void>((resolve) => server.close(() => resolve()));
			server.closeAllConnections();
			await closed;
			effects.close();
		},
	};
}
