import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { CHAT_PLATFORMS } from "../../handlers/chat-platforms.ts";
import { chatMessage } from "../../src/domain/chat-message.ts";
import { silentLogger } from "../support/postgres.ts";
import { until } from "../support/product.ts";
import { contractTalk, WITHIN_MS } from "./support/contract-talk.ts";
import { type ContractWorld, HOSTILE, openContractWorld } from "./support/contract-world.ts";
import type { Shown } from "./support/platform-under-test.ts";

jest.setTimeout(60_000);

const UNDER_TEST = ["slack", "teams", "web-console"] as const;

let world: ContractWorld;

beforeAll(async () => {
	world = await openContractWorld();
}, 90_000);
afterAll(() => world?.close());

it("leaves no chat platform out", async () => {
	const { product, platforms, slack, teams, store } = world;
	const connected = await Promise.all(
		CHAT_PLATFORMS.map((connect) =>
			connect({
				slack: { botToken: slack.botToken, signingSecret: slack.signingSecret, apiUrl: slack.apiUrl },
				teams: {
					appId: teams.appId,
					appPassword: teams.appPassword,
					tenantId: teams.tenant,
					allowedTenants: [],
					serviceHosts: [teams.host],
					loginUrl: teams.url,
					openIdUrl: teams.openIdUrl,
				},
				store,
				clock: { now: () => Date.now() },
				logger: silentLogger,
				charts: { svg: () => "", png: async () => new Uint8Array() },
				timeZone: "UTC",
				channels: [],
				mayDecide: async () => [],
			}),
		),
	);
	const byName = (a: string, b: string) => a.localeCompare(b);
	const names = connected.map(({ platform }) => platform?.name ?? "not connected").toSorted(byName);
	expect(names).toEqual([...UNDER_TEST]);
	expect(platforms.map(({ name }) => name)).toEqual([...UNDER_TEST]);
	const status = await product.get<{ platforms: { name: string; state: string }[] }>("/api/v1/status");
	expect(status.platforms.toSorted((a, b) => byName(a.name, b.name))).toEqual(
		names.map((name) => ({ name, state: "ready" })),
	);
});

describe.each(UNDER_TEST)("the contract of chat platforms, kept by %s", (name) => {
	const talk = contractTalk(() => world, name);
	const { platform, service, shownTo, appears, becomes, isToldAlone } = talk;
	const { asksForRestart, approvalOf, audited } = talk;
	const queue = service("queue");
	/** The card of the incident, which is checked while the other cases go on; and what was there before it. */
	let incident: Shown;
	let beforeIncident: readonly Shown[];

	it("ask and follow up: a question is answered where it was asked, and the next one is read with it", async () => {
		const before = await shownTo("ada");
		const thread = await platform().say("ada", "what is the memory of host over the last 5 minutes?");
		const answer = await appears(
			"an answer",
			"ada",
			(one) => one.thread === thread && /Memory of this host/.test(one.text),
			before,
		);
		expect(answer).toMatchObject({ live: [] });
		const known = await shownTo("ada");
		const again = await platform().say("ada", "and the cpu?", thread);
		expect(again).toBe(thread);
		await appears(
			"its follow-up",
			"ada",
			(one) => one.thread === thread && /CPU of this host/.test(one.text),
			known,
		);
	});

	it("incident: proposed, partly approved, approved and run, all in one message", async () => {
		beforeIncident = await shownTo("olga");
		world.setDepth(queue, 40);
		incident = await appears(
			"the proposal",
			"olga",
			(one) => one.thread === undefined && one.text.includes(queue) && one.buttons.length > 0,
			beforeIncident,
		);
		await becomes(incident, "olga", /0 of 2/);
		await platform().press("olga", incident, "approve");
		const partly = await becomes(incident, "omar", /1 of 2/);
		expect(partly.buttons).toEqual(["approve", "deny"]);
		await platform().press("omar", partly, "approve");
		world.setDepth(queue, 4);
		const running = await becomes(incident, "omar", /Running(?! as)/);
		expect(running.buttons).toEqual([]);
		await becomes(incident, "ada", /Checking that it helped/);
	});

	it("approve: one press, one effect, and the card says so", async () => {
		const card = await asksForRestart("basket");
		await platform().press("olga", card, "approve");
		const ended = await becomes(card, "omar", /Restarted \S+ in [\d.]+ s/);
		expect(ended).toMatchObject({ buttons: [], live: [] });
		expect(await isToldAlone("olga", /approved by you|is counted|Approved/)).toBeTruthy();
		expect((await audited("basket")).filter((action) => action === "execution.called")).toHaveLength(1);
	});

	it("deny: nothing runs, and a reason told afterwards is kept", async () => {
		const card = await asksForRestart("orders");
		await platform().press("omar", card, "deny");
		const ended = await becomes(card, "olga", /Denied by omar/);
		expect(ended.buttons).toEqual([]);
		await isToldAlone("omar", /denied by you|is counted|Denied by omar/);
		await platform().giveReason("omar", "the sale is on");
		await until(
			"the reason in the audit",
			async () => (await audited("orders")).includes("approval.decision_explained"),
			WITHIN_MS,
		);
		await becomes(card, "olga", /the sale is on/);
		expect(await approvalOf("orders")).toMatchObject({ status: "denied" });
		expect(await audited("orders")).toEqual([
			"approval.proposed",
			"approval.decided",
			"approval.decision_explained",
		]);
	});

	it("expire: the card says so by itself, and a press on it as it was is told", async () => {
		const card = await asksForRestart("search");
		const { id } = (await approvalOf("search")) ?? {};
		await world.query("update smartcloudops.approvals set expires_at = clock_timestamp() where number = $1", [
			Number(id?.replace("A-", "")),
		]);
		const ended = await becomes(card, "olga", /Expired/);
		expect(ended.buttons).toEqual([]);
		await platform().press("olga", card, "approve");
		await isToldAlone("olga", /Not counted: This request has expired/);
		expect(await audited("search")).toEqual([
			"approval.proposed",
			"approval.expired",
			"approval.decision_refused",
		]);
	});

	it("refuse: a guest is told, and who presses after the decision is told who decided", async () => {
		const card = await asksForRestart("mail");
		await platform().press("gina", card, "approve");
		await isToldAlone("gina", /role|operator/);
		expect(await approvalOf("mail")).toMatchObject({ status: "proposed", decisions: [] });
		await platform().press("ada", card, "approve");
		await isToldAlone("ada", /Not counted: .*(?:asked|own request)/);
		await platform().press("omar", card, "approve");
		await becomes(card, "olga", /Restarted \S+ in [\d.]+ s/);
		await platform().press("olga", card, "deny");
		await isToldAlone(
			"olga",
			/Not counted: This request has already succeeded\. omar decided it at .{1,80}\. Nothing changed\./,
		);
		expect(await approvalOf("mail")).toMatchObject({ status: "succeeded" });
	});

	it("digest: one that was missed is posted once", async () => {
		const digests = async () =>
			(await shownTo("olga")).filter((one) => /Digest rounds: 1 incident, none open/.test(one.text));
		await until("the digest", async () => (await digests()).length > 0, WITHIN_MS);
		const [digest, ...more] = await digests();
		expect(more).toEqual([]);
		expect(digest).toMatchObject({ live: [] });
	});

	it("case 40: an answer of 40,000 characters is split inside the limits, and nothing is lost silently", async () => {
		const { place } = platform();
		const words = Array.from({ length: 5000 }, (_, index) => `w${String(index).padStart(6, "0")}`);
		const text = words.join(" ").padEnd(40_000, ".");
		expect(text).toHaveLength(40_000);
		const message = chatMessage({ text });
		const before = await shownTo("ada");
		await world.store.deliveries.want([
			{ subject: "inbox:long:0", conversation: place, channel: place.id, message },
		]);
		await world.store.announce({ kind: "delivery", id: "long" });
		const parts = await until(
			"all parts",
			async () => {
				const seen = new Set(before.map(({ reference }) => reference));
				const fresh = (await shownTo("ada")).filter(
					(one) => !seen.has(one.reference) && /w\d{6}/.test(one.text),
				);
				const all = fresh.map((one) => one.text).join("\n");
				return /w004999|more characters/.test(all) && fresh;
			},
			WITHIN_MS,
		);
		expect(parts.flatMap(({ problem }) => problem ?? [])).toEqual([]);
		const shown = parts.flatMap((one) => [...new Set(one.text.match(/w\d{6}/g))]);
		expect(shown).toEqual(words.slice(0, shown.length));
		const left =
			/and ([\d,]+) more characters/.exec(parts.at(-1)?.text ?? "")?.[1]?.replaceAll(",", "") ?? "0";
		expect(Math.abs(shown.length * 8 + Number(left) - 40_000)).toBeLessThan(16);
	});

	it("case 36: a label with mentions, masked links and reordering is inert", async () => {
		const before = await shownTo("ada");
		world.setDepth(service(HOSTILE), 40);
		const card = await appears(
			"the hostile incident",
			"ada",
			(one) => one.thread === undefined && one.text.includes(service("evil")),
			before,
		);
		expect(card.live).toEqual([]);
		expect(card.problem).toBeUndefined();
		expect(card.text).toContain("<!channel>");
		expect(card.text).toContain("[U+202E]knil");
		const thread = await platform().say("ada", `what is wrong with ${HOSTILE.slice(0, 60)}?`);
		await appears("an answer", "ada", (one) => one.thread === thread, [...before, card]);
		for (const one of await shownTo("ada")) expect(one.live).toEqual([]);
	});

	it("incident: resolved in the same message, with its detail in a thread and a line at its end", async () => {
		const resolved = await becomes(incident, "ada", /Resolved/);
		expect(resolved).toMatchObject({ buttons: [], live: [] });
		expect(resolved.problem).toBeUndefined();
		expect(await audited("queue")).toEqual([
			"approval.proposed",
			"approval.decided",
			"approval.decided",
			"execution.intended",
			"execution.called",
			"approval.succeeded",
		]);

		const { reference } = incident;
		const { hasThreads } = platform();
		const isEnd = (one: Shown) =>
			one.thread === undefined && one.reference !== reference && one.text.includes(queue);
		const ends = hasThreads ? [await appears("the line at the end", "ada", isEnd, beforeIncident)] : [];
		for (const { text } of ends) expect(text).toMatch(/Resolved[\s\S]*It lasted/);
		const inPlace = (await shownTo("ada")).filter(
			(one) => one.thread === undefined && one.text.includes(queue),
		);
		const references = (all: readonly Shown[]) => all.map((one) => one.reference);
		expect(references(inPlace)).toEqual([reference, ...references(ends)]);

		const told = [/max by \(service\)/, /olga approved/, /omar approved/, /Ran in/, /Verified: /];
		const isWhole = async () => {
			const below = (await shownTo("ada")).filter((one) => one.thread === reference);
			return told.every((words) => below.filter(({ text }) => words.test(text)).length === 1);
		};
		expect(await until("the detail below", async () => !hasThreads || isWhole(), WITHIN_MS)).toBe(true);
	});
});
