import { actorId, actorName, hasRole, personOf } from "../../src/domain/actor.ts";
import { exampleActor, examplePerson } from "../fakes/example-approval.ts";

const anna = examplePerson("P1", "operator", "Anna");

describe("an actor", () => {
	it("is the same person in the audit through every account and key", () => {
		const inChat = {
			kind: "person",
			person: anna,
			via: { platform: "x", tenant: "T", userId: "U9" },
		} as const;
		const byKey = { kind: "api-key", keyId: "K1", person: anna } as const;
		expect([exampleActor(anna), inChat, byKey].map(actorId)).toEqual(["person:P1", "person:P1", "person:P1"]);
		expect(personOf(byKey)).toBe(anna);
	});

	it("is named by what it is where the product itself acts", () => {
		expect(actorId({ kind: "agent", name: "detection" })).toBe("agent:detection");
		expect(actorName({ kind: "schedule", name: "daily" })).toBe("daily");
		expect(personOf({ kind: "system", name: "clock" })).toBeUndefined();
	});

	it("can't pass for a person by its name", () => {
		expect(actorId({ kind: "agent", name: "person:P1" })).toBe("agent:person:P1");
	});
});

describe("a role", () => {
	it.each([
		["admin", "operator", true],
		["operator", "operator", true],
		["viewer", "operator", false],
		["guest", "viewer", false],
	] as const)("%s includes %s: %p", (role, needed, enough) => {
		expect(hasRole(role, needed)).toBe(enough);
	});
});
