import type { Person } from "../../../src/domain/actor.ts";
import { AppError } from "../../../src/domain/errors.ts";
import { type RunCommandDeps, runCommand } from "../../../src/use-cases/run-command.ts";
import { type ExecutorWorld, executorWorld } from "../../executor/executor-world.ts";
import { exampleActor, exampleRule } from "../../fakes/example-approval.ts";
import { policyRules } from "../../fakes/policy-rules.ts";

let world: ExecutorWorld;
let anna: Person;
let ben: Person;
let vera: Person;
let hidden: readonly string[] = [];

beforeAll(async () => {
	world = await executorWorld(Array.from({ length: 30 }, (_, i) => `w${i + 1}`));
	world.policy = [exampleRule({ quorum: 2 })];
	anna = await world.person("anna", "operator");
	ben = await world.person("ben", "admin");
	vera = await world.person("vera", "viewer");
});
afterAll(() => world.test.close());
afterEach(async () => {
	hidden = [];
	for (const { id } of await world.test.store.freezes.active()) await world.test.store.freezes.lift(id);
});

const channel = { platform: "test", id: "c" };
const spot = { conversation: channel, audience: { kind: "public", channel } } as const;

async function say(person: Person, text: string, barred?: string) {
	// What other commands need is not given: they are not called here.
	const deps = {
		store: world.test.store,
		jobs: { nudge: () => undefined },
		rules: policyRules(world.policy),
		maintenance: [
			{ name: "nightly", match: { target: "db-*" }, cron: "0 2 * * *", timeZone: "UTC", durationMinutes: 60 },
			{
				name: "always",
				match: { environment: "lab" },
				cron: "* * * * *",
				timeZone: "UTC",
				durationMinutes: 60,
			},
		],
		hiddenTargets: async () => (hidden.length === 0 ? undefined : new Set(hidden)),
		ask: async () => {
			throw new AppError("invalid", "It was taken for a question.");
		},
	} as unknown as RunCommandDeps;
	const [message] = await runCommand(
		deps,
		exampleActor(person),
		text,
		{ ...spot, ...(barred === undefined ? {} : { barred }) },
		"UTC",
	);
	if (!message) throw new Error("nothing was answered");
	return message;
}

test("freeze stops everything in one step, says how to give a reason and how it is lifted", async () => {
	const message = await say(anna, "freeze");
	expect(message.text).toMatch(
		/^Changes are frozen for every target by anna since \{\{time:\d+\}\}, until it is lifted \(F-\d+\)\. Nothing was under way\.$/,
	);
	const id = /F-\d+/.exec(message.text ?? "")?.[0] ?? "";
	expect(message.footer).toEqual([
		`Say why: freeze ${id} reason <why>`,
		`Lifted by an admin: unfreeze ${id} <reason>`,
	]);
	expect((await say(anna, `freeze ${id.toLowerCase()} reason release 42`)).text).toBe(
		`Your reason is kept with ${id}.`,
	);
	const list = await say(vera, "freezes");
	expect(list.text).toBe("1 freeze is in force.");
	expect(list.table?.rows[0]?.[4]).toBe("release 42");
	expect((await say(ben, `unfreeze ${id} it is out`)).text).toContain(
		`${id} is lifted: every target can be changed again.`,
	);
	expect((await say(vera, "freezes")).text).toBe("Nothing is frozen; changes are allowed.");
});

test("a freeze of a scope until a time names what is under way there, without what is private", async () => {
	const approvals = await Promise.all(["w1", "w2"].map((name) => world.propose(name)));
	for (const { id } of approvals) {
		await world.test.store.approvals.move(id, "proposed", "approved");
		await world.test.store.approvals.move(id, "approved", "executing");
	}
	hidden = ["w2"];
	const message = await say(anna, "freeze environment=local for 2h reason the network moves");
	expect(message.text).toMatch(/until \{\{time:\d+\}\} \(F-\d+\)\. Reason: the network moves\. /);
	expect(message.text).toContain(
		`Already under way, and not stopped: ${approvals[0]?.id} (Restart w1, running), 1 other.`,
	);
	expect(message.text).not.toContain("w2");
});

test.each([
	["vera", "freeze"],
	["anna", "unfreeze F-1 done"],
	["vera", "resolve A-1 failed it is gone"],
])("by %s %p is refused for the role", async (name, text) => {
	const person = name === "vera" ? vera : anna;
	await expect(say(person, text)).rejects.toMatchObject({ code: "forbidden" });
	expect(await world.test.store.freezes.active()).toEqual([]);
});

test.each([
	"freeze production",
	"freeze everything in production",
	"unfreeze F-1",
	"cancel",
	"cancel checkout",
	"resolve A-1",
	"resolve A-1 maybe so",
])("%p is not a question and not a guess: it says how to write it", async (text) => {
	await expect(say(ben, text)).rejects.toMatchObject({
		code: "invalid",
		message: expect.stringContaining("Write: "),
	});
	expect(await world.test.store.freezes.active()).toEqual([]);
});

test("approvals lists what waits, the first to expire first, without what is private", async () => {
	await world.test.query("update smartcloudops.approvals set status = 'cancelled'");
	expect((await say(vera, "approvals")).text).toBe("Nothing waits for a decision.");
	const [first, second, secret] = [
		await world.propose("w3"),
		await world.propose("w4"),
		await world.propose("w5"),
	];
	await world.test.query(
		"update smartcloudops.approvals set expires_at = expires_at - interval '5 minutes' where number = $1",
		[Number(second.id.slice(2))],
	);
	await world.decide(first, anna);
	hidden = ["w5"];
	const message = await say(vera, "approvals");
	expect(message.text).toBe("2 requests wait for a decision.");
	expect(message.table?.rows.map(([id, what, approved]) => [id, what, approved])).toEqual([
		[second.id, "Restart w4, local, medium risk", "0 of 2"],
		[first.id, "Restart w3, local, medium risk", "1 of 2"],
	]);
	expect(JSON.stringify(message)).not.toContain(secret.id);
	expect(message.footer).toEqual(["Targets of private routes are not listed here"]);
});

test("approvals lists first what has an unknown outcome, without what is private", async () => {
	await world.test.query("update smartcloudops.approvals set status = 'cancelled'");
	const [lost, secret, waits] = [
		await world.propose("w3"),
		await world.propose("w5"),
		await world.propose("w4"),
	];
	for (const { id } of [lost, secret])
		await world.test.query("update smartcloudops.approvals set status = 'unknown' where number = $1", [
			Number(id.slice(2)),
		]);
	hidden = ["w5"];
	const message = await say(vera, "approvals");
	expect(message.text).toBe(
		`1 request has an unknown outcome: ${lost.id} Restart w3; say what happened. 1 request waits for a decision.`,
	);
	expect(message.table?.rows.map(([id, , state]) => [id, state])).toEqual([
		[lost.id, "outcome unknown"],
		[waits.id, "0 of 2"],
	]);
	expect(JSON.stringify(message)).not.toContain(secret.id);
});

test("cancel takes a request back with a reason, and who may not is told", async () => {
	const approval = await world.propose("w6");
	await expect(say(vera, `cancel ${approval.id}`)).rejects.toMatchObject({ code: "forbidden" });
	expect((await say(ben, `cancel ${approval.id.toLowerCase()} not today`)).text).toBe(
		`${approval.id}, Restart w6, is cancelled by you; nothing was changed.`,
	);
	expect((await world.now(approval)).outcome).toContain("not today");
	await expect(say(ben, `cancel ${approval.id}`)).rejects.toMatchObject({ code: "conflict" });
});

test("resolve says what came of a request of unknown outcome", async () => {
	const approval = await world.propose("w7");
	const { approvals } = world.test.store;
	await approvals.move(approval.id, "proposed", "approved");
	await approvals.move(approval.id, "approved", "executing");
	await approvals.move(approval.id, "executing", "unknown");
	expect((await say(anna, `resolve ${approval.id} succeeded it has a new pid`)).text).toBe(
		`${approval.id}, Restart w7, ends as succeeded by your word.`,
	);
	expect((await world.now(approval)).status).toBe("succeeded");
});

test("maintenance shows what is on and what comes next", async () => {
	const message = await say(vera, "maintenance");
	expect(message.text).toBe("Maintenance now: lab. Nothing is told of and nothing is changed there.");
	expect(message.table?.rows.map(([name, what]) => [name, what])).toEqual(
		expect.arrayContaining([
			["always", "lab"],
			["nightly", "db-*"],
		]),
	);
	expect(message.table?.rows[0]?.[2]).toMatch(/^now, until /);
});

test.each(["freeze", "freeze F-1 reason x", "unfreeze F-1 x", "cancel A-1", "resolve A-1 failed x"])(
	"case 16: %p by an account that its platform bars changes nothing, whatever its role here",
	async (text) => {
		const barred = "Your account is deactivated.";
		await expect(say(ben, text, barred)).rejects.toMatchObject({
			code: "forbidden",
			message: "Not run: Your account is deactivated. Nothing changed.",
		});
		expect(await world.test.store.freezes.active()).toEqual([]);
		expect((await say(ben, "freezes", barred)).text).toContain("Nothing is frozen");
	},
);

test("where nothing can be written, who wants to freeze is told that nothing is frozen", async () => {
	const { store } = world.test;
	const transaction = store.transaction.bind(store);
	const full = new AppError("unavailable", "The database is out of disk space; free some and try again.");
	Object.assign(store, { transaction: () => Promise.reject(full) });
	try {
		await expect(say(anna, "freeze")).rejects.toMatchObject({
			code: "unavailable",
			message: "Nothing is frozen. The database is out of disk space; free some and try again.",
		});
	} finally {
		Object.assign(store, { transaction });
	}
});
