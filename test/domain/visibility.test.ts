import type { Audience } from "../../src/domain/chat-event.ts";
import type { Route, Routing } from "../../src/domain/routing.ts";
import { hiddenFrom } from "../../src/domain/visibility.ts";

const route = (parts: Partial<Route>): Route => ({
	name: "payments",
	match: { target: "pay-*" },
	channels: ["payments"],
	onCall: {},
	private: true,
	source: "file",
	...parts,
});
const routingOf = (...routes: readonly Route[]): Routing => ({
	channels: [{ name: "payments", conversations: [{ platform: "slack", id: "C0PAY" }], charts: "dark" }],
	routes,
	defaultChannels: [],
});
const at = (kind: Audience["kind"], id: string, platform = "slack"): Audience => ({
	kind,
	channel: { platform, id },
});
const hidden = (routing: Routing, audience: Audience, role: "guest" | "viewer" | "admin" = "viewer") =>
	hiddenFrom(routing, role, audience)?.has("pay-api") ?? false;

test("where no route is private nothing is hidden, from guests neither", () => {
	expect(hiddenFrom(routingOf(route({ private: false })), "guest", at("public", "C0ANY"))).toBeUndefined();
});

test("case 43: a private target is named in its own channels to people with a role, and to no guest there", () => {
	expect(hidden(routingOf(route({})), at("private", "C0PAY"))).toBe(false);
	expect(hidden(routingOf(route({})), at("private", "C0PAY"), "guest")).toBe(true);
});

test("where every private route is open to those who read, nothing counts as hidden", () => {
	expect(hiddenFrom(routingOf(route({})), "viewer", at("private", "C0PAY"))).toBeUndefined();
	const other = route({ name: "hr", match: { target: "hr-*" }, channels: ["slack:C0HR"] });
	expect(hiddenFrom(routingOf(route({}), other), "viewer", at("private", "C0PAY"))?.has("hr-api")).toBe(true);
});

test("case 43: written in a channel by a command whose answer one person reads, it is named to them", () => {
	const alone = { ...at("direct", "C0ANY"), inChannel: true } as const;
	expect(hidden(routingOf(route({})), alone)).toBe(false);
	expect(hidden(routingOf(route({})), alone, "guest")).toBe(true);
});

test("case 43: in any other channel it is named to nobody, for others read along", () => {
	for (const role of ["guest", "viewer", "admin"] as const) {
		expect(hidden(routingOf(route({})), at("public", "C0ANY"), role)).toBe(true);
		expect(hidden(routingOf(route({})), at("private", "C0OTHER"), role)).toBe(true);
		expect(hidden(routingOf(route({})), at("private", "C0PAY", "teams"), role)).toBe(true);
	}
});

test("case 43: alone and in the console it is named to people with a role, not to guests", () => {
	expect(hidden(routingOf(route({})), at("direct", "D0ME"))).toBe(false);
	expect(hidden(routingOf(route({})), at("direct", "D0ME"), "guest")).toBe(true);
	expect(hidden(routingOf(route({})), at("private", "console", "web-console"))).toBe(false);
});

test("other targets stay open beside a private one", () => {
	expect(hiddenFrom(routingOf(route({})), "guest", at("public", "C0ANY"))?.has("checkout")).toBe(false);
});

test("the first route that is sure to fit counts; one that only may is no way around a private one", () => {
	const open = route({ name: "open", private: false });
	expect(hidden(routingOf(open, route({})), at("public", "C0ANY"))).toBe(false);
	const unsure = route({ name: "unsure", private: false, match: { target: "pay-*", environment: "test" } });
	expect(hidden(routingOf(unsure, route({})), at("public", "C0ANY"))).toBe(true);
	const narrow = route({ match: { target: "pay-*", environment: "production" } });
	expect(hidden(routingOf(narrow), at("public", "C0ANY"))).toBe(true);
});
