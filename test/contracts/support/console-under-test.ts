import { LIMITS } from "../../../handlers/web-console/limits.ts";
import { CONSOLE } from "../../../src/domain/routing.ts";
import { HIDDEN } from "./hidden-characters.ts";
import type { Name, PlatformUnderTest, Shown, Verdict } from "./platform-under-test.ts";

type Message = {
	readonly text?: string;
	readonly buttons?: readonly {
		readonly action: string;
		readonly approvalId?: string;
		readonly path?: string;
	}[];
};
type Stored = {
	readonly id: string;
	readonly author: { readonly kind: "person" | "bot" };
	readonly message: Message;
};
type Page = { readonly items: readonly Stored[]; readonly next?: string };
type Problem = { readonly detail?: string; readonly title?: string };

/** Signs a person in and gives what their browser keeps. */
export type SignIn = (person: Name) => Promise<{ readonly cookie: string; readonly csrfToken: string }>;

/** The web console: what its page sends as a signed-in person, and the messages it shows. */
export function consoleUnderTest(url: string, signIn: SignIn): PlatformUnderTest {
	const sessions = new Map<Name, ReturnType<SignIn>>();
	const told: { readonly person: Name; readonly text: string }[] = [];
	const denied = new Map<Name, string>();

	const send = async (person: Name, path: string, body?: unknown) => {
		const session = sessions.get(person) ?? signIn(person);
		sessions.set(person, session);
		const { cookie, csrfToken } = await session;
		const response = await fetch(`${url}${path}`, {
			method: body === undefined ? "GET" : "POST",
			headers: {
				cookie,
				origin: url,
				...(body === undefined ? {} : { "content-type": "application/json", "x-csrf-token": csrfToken }),
			},
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		return { status: response.status, body: await response.json() };
	};
	const change = async (person: Name, path: string, body: unknown, done: string) => {
		const reply = await send(person, path, body);
		const { detail, title } = reply.body as Problem;
		told.push({ person, text: reply.status === 200 ? done : (detail ?? title ?? "") });
		return reply.status === 200;
	};
	return {
		name: "web-console",
		hasThreads: false,
		place: CONSOLE,
		identity: (person) => `web-console:contract:${person}`,
		say: async (person, text) => {
			const { status } = await send(person, "/api/v1/console/messages", { text });
			expect(status).toBe(200);
			return undefined;
		},
		press: async (person, { raw }, verdict) => {
			const id = (raw as Stored).message.buttons?.find(({ action }) => action === verdict)?.approvalId ?? "";
			const path = `/api/v1/approvals/${id}/decision`;
			const counted = await change(person, path, { verdict }, `Your ${verdict} is counted.`);
			if (counted && verdict === "deny") denied.set(person, id);
		},
		giveReason: async (person, reason) => {
			const path = `/api/v1/approvals/${denied.get(person) ?? ""}/reason`;
			await change(person, path, { reason }, "Your reason is kept.");
		},
		messagesShown: async (person) => {
			const all: Stored[] = [];
			let cursor: string | undefined;
			do {
				const from = cursor === undefined ? "" : `&cursor=${encodeURIComponent(cursor)}`;
				const page = (await send(person, `/api/v1/console/messages?limit=100${from}`)).body as Page;
				all.push(...page.items);
				cursor = page.next;
			} while (cursor !== undefined);
			return all
				.toReversed()
				.filter(({ author }) => author.kind === "bot")
				.map(shown);
		},
		toldAlone: (person) => told.filter((one) => one.person === person).map(({ text }) => text),
	};
}

/** The page draws text as text, so that only its own buttons lead anywhere. */
function shown(stored: Stored): Shown {
	const { text = "", buttons = [] } = stored.message;
	const words = textsIn(stored.message).join("\n");
	const leading = buttons.flatMap(({ path }) =>
		path === undefined || /^\/(?![/\\])/.test(path) ? [] : [path],
	);
	const has = (verdict: Verdict) => buttons.some(({ action }) => action === verdict);
	return {
		reference: stored.id,
		text: words,
		buttons: (["approve", "deny"] as const).filter(has),
		live: [...leading, ...[...words.matchAll(HIDDEN)].map((match) => JSON.stringify(match[0]))],
		...(text.length > LIMITS.textCharacters ? { problem: "longer than the console shows" } : {}),
		raw: stored,
	};
}

function textsIn(value: unknown): readonly string[] {
	if (typeof value === "string") return [value];
	if (Array.isArray(value)) return value.flatMap(textsIn);
	return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
