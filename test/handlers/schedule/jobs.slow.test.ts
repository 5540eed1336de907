import { startJobs } from "../../../handlers/schedule/jobs.ts";
import { type DigestDefinition, DigestSection } from "../../../src/domain/digest.ts";
import { AppError } from "../../../src/domain/errors.ts";
import { recordingLogger } from "../../fakes/recording-logger.ts";

const everySecond: DigestDefinition = {
	name: "often",
	cron: "* * * * * *",
	timeZone: "Asia/Kolkata",
	channels: ["console"],
	content: DigestSection.options,
	periodHours: 24,
};

async function until(holds: () => boolean, deadlineMs = 8000): Promise<void> {
	const end = Date.now() + deadlineMs;
	while (!holds()) {
		if (Date.now() > end) throw new Error("it did not come true in time");
		await new Promise((done) => setTimeout(done, 5));
	}
}
const start = (parts: Partial<Parameters<typeof startJobs>[0]>) => {
	const logger = recordingLogger();
	const jobs = startJobs({
		repeated: [],
		digests: [],
		sendDigest: () => Promise.resolve(),
		catchUpDigest: () => Promise.resolve(),
		logger,
		...parts,
	});
	return { logger, stop: () => jobs.stop() };
};

describe("a repeated job", () => {
	it("runs again and again, never twice at once", async () => {
		let running = 0;
		let most = 0;
		let runs = 0;
		const job = {
			name: "expire",
			everySeconds: 0.01,
			run: async () => {
				running += 1;
				most = Math.max(most, running);
				await new Promise((done) => setTimeout(done, 35));
				running -= 1;
				runs += 1;
			},
		};
		const { stop } = start({ repeated: [job] });
		await until(() => runs >= 3);
		await stop();
		expect(most).toBe(1);
	});

	it("that fails is logged by its name and runs again", async () => {
		let runs = 0;
		const job = {
			name: "prune",
			everySeconds: 0.01,
			run: () => {
				runs += 1;
				if (runs === 1) throw new TypeError("x is not a function");
				return Promise.reject(new AppError("unavailable", "The store can't be reached."));
			},
		};
		const { stop, logger } = start({ repeated: [job] });
		await until(() => runs >= 3);
		await stop();
		expect(logger.records.slice(0, 2)).toMatchObject([
			{
				level: "error",
				message: "a scheduled job failed",
				fields: { job: "prune", error: { code: "internal" } },
			},
			{ level: "error", fields: { error: { message: "The store can't be reached." } } },
		]);
	});

	it("does not hold up another", async () => {
		let quick = 0;
		let release: () => void = () => undefined;
		const stuck = new Promise<void>((done) => {
			release = done;
		});
		const { stop } = start({
			repeated: [
				{ name: "slow", everySeconds: 0.01, run: () => stuck },
				{ name: "quick", everySeconds: 0.01, run: async () => (quick += 1) },
			],
		});
		await until(() => quick >= 3);
		release();
		await stop();
	});

	it("is waited for when the schedule stops, and does not run after", async () => {
		let runs = 0;
		let done = 0;
		const run = async () => {
			runs += 1;
			await new Promise((resolve) => setTimeout(resolve, 50));
			done += 1;
		};
		const { stop } = start({ repeated: [{ name: "slow", everySeconds: 0.01, run }] });
		await until(() => runs === 1);
		await stop();
		expect(done).toBe(1);
		await new Promise((resolve) => setTimeout(resolve, 60));
		expect(runs).toBe(1);
	});
});

describe("a digest", () => {
	it("is claimed by every replica for the same instant, which is the scheduled one, to the second", async () => {
		const claims: number[][] = [[], []];
		const replicas = claims.map((list) =>
			start({ digests: [everySecond], sendDigest: async (_digest, instantMs) => list.push(instantMs) }),
		);
		await until(() => claims.every((list) => list.length >= 2));
		for (const replica of replicas) await replica.stop();
		const [first = [], second = []] = claims;
		for (const instant of [...first, ...second]) expect(instant % 1000).toBe(0);
		expect(first.filter((instant) => second.includes(instant)).length).toBeGreaterThanOrEqual(1);
		expect(new Set(first).size).toBe(first.length);
	});

	it("that fails is logged, and comes again", async () => {
		let sent = 0;
		const { stop, logger } = start({
			digests: [everySecond],
			sendDigest: () => {
				sent += 1;
				return Promise.reject(new AppError("limited", "Too many messages."));
			},
		});
		await until(() => sent >= 2);
		await stop();
		expect(logger.records[0]).toMatchObject({ level: "error", fields: { job: "digest often" } });
	});

	it("is caught up when the schedule starts, by the instants at which it was due", async () => {
		const asked: string[] = [];
		const { stop } = start({
			digests: [{ ...everySecond, name: "daily", cron: "0 9 * * *" }],
			catchUpDigest: async ({ name }, newestDue) => {
				const dueMs = newestDue(Date.parse("2026-11-17T12:00Z"), Date.parse("2026-11-20T12:00Z"));
				asked.push(`${name} ${new Date(dueMs ?? 0).toISOString()}`);
			},
		});
		await until(() => asked.length > 0);
		await stop();
		expect(asked).toEqual(["daily 2026-11-20T03:30:00.000Z"]);
	});

	it("that can't be caught up is logged, and is sent on time all the same", async () => {
		let sent = 0;
		const { stop, logger } = start({
			digests: [everySecond],
			sendDigest: async () => (sent += 1),
			catchUpDigest: () => Promise.reject(new AppError("unavailable", "The store can't be reached.")),
		});
		await until(() => sent >= 1);
		await stop();
		expect(logger.records[0]).toMatchObject({ level: "error", fields: { job: "digest often" } });
	});
});
