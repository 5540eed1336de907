import { createByteRooms } from "../../src/use-cases/byte-rooms.ts";

describe("rooms for bytes", () => {
	it("are lent again when they were given back and are large enough", () => {
		const rooms = createByteRooms();
		const room = rooms.take(100);
		rooms.give(room);
		expect(rooms.take(80)).toBe(room);
	});

	it("are never lent twice at once, nor where they are too small", () => {
		const rooms = createByteRooms();
		const first = rooms.take(100);
		expect(rooms.take(100)).not.toBe(first);
		rooms.give(first);
		expect(rooms.take(101).length).toBe(101);
	});

	it("keep the three largest and let the others go", () => {
		const rooms = createByteRooms();
		const made = [10, 40, 20, 30].map((length) => rooms.take(length));
		for (const room of made) rooms.give(room);
		expect([rooms.take(1), rooms.take(1), rooms.take(1)].map(({ length }) => length)).toEqual([20, 30, 40]);
		expect(made).not.toContain(rooms.take(10));
	});
});
