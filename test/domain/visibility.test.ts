import type { Audience } from "../../src/domain/chat-event.ts";
import { mayBeNamed } from "../../src/domain/visibility.ts";

const payments = { platform: "slack", id: "C0PAY" };
const route = { conversations: [payments] };
const at = (kind: Audience["kind"], id: string, platform = "slack"): Audience => ({
	kind,
	channel: { platform, id },
});

test("what no private route claims may be named anywhere, to guests too", () => {
	expect(mayBeNamed(undefined, "guest", at("public", "C0ANY"))).toBe(true);
});

test("case 43: a private target is named in its own channels, whoever of its members asks", () => {
	expect(mayBeNamed(route, "guest", at("private", "C0PAY"))).toBe(true);
});

test("case 43: in any other channel it is named to nobody, for others read along", () => {
	for (const role of ["guest", "viewer", "operator", "admin"] as const) {
		expect(mayBeNamed(route, role, at("public", "C0ANY"))).toBe(false);
		expect(mayBeNamed(route, role, at("private", "C0OTHER"))).toBe(false);
		expect(mayBeNamed(route, role, at("private", "C0PAY", "teams"))).toBe(false);
	}
});

test("case 43: alone and in the console it is named to people with a role, not to guests", () => {
	expect(mayBeNamed(route, "viewer", at("direct", "D0ME"))).toBe(true);
	expect(mayBeNamed(route, "guest", at("direct", "D0ME"))).toBe(false);
	expect(mayBeNamed(route, "viewer", at("private", "console", "web-console"))).toBe(true);
});
