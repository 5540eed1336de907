import { maintenanceOver, maintenanceText, spanFrom } from "../../src/domain/maintenance.ts";

const window = {
	name: "database-night",
	match: { target: "db-*", environment: "production" },
	cron: "0 2 * * sun",
	timeZone: "UTC",
	durationMinutes: 120,
};
const span = spanFrom(window, 1_000_000);
const db = { environment: "production", targets: [{ name: "db-1", id: "i-1" }] };

test("a span lasts from its beginning until before its end", () => {
	expect(span.endMs).toBe(1_000_000 + 7_200_000);
	expect(maintenanceOver([span], db, 999_999)).toBeUndefined();
	expect(maintenanceOver([span], db, 1_000_000)).toBe(span);
	expect(maintenanceOver([span], db, span.endMs - 1)).toBe(span);
	expect(maintenanceOver([span], db, span.endMs)).toBeUndefined();
});

test("what does not carry its labels is not covered", () => {
	expect(maintenanceOver([span], { ...db, environment: "staging" }, 1_000_000)).toBeUndefined();
	expect(
		maintenanceOver([span], { ...db, targets: [{ name: "web", id: "i-2" }] }, 1_000_000),
	).toBeUndefined();
});

test("of two that overlap the one that ends last is named", () => {
	const longer = { ...span, name: "longer", match: {}, endMs: span.endMs + 1 };
	expect(maintenanceOver([span, longer], db, 1_500_000)?.name).toBe("longer");
	expect(maintenanceText(span)).toBe(
		"The maintenance database-night covers db-* in production until {{time:8200000}}; nothing is changed there meanwhile.",
	);
});
