import type { DeliveryStore } from "../../ports/chat-stores.ts";
import type { SelfCheck } from "../../ports/self-check.ts";

/** Whether messages reach their channels. */
export function checkPosting(deliveries: Pick<DeliveryStore, "troubled">): SelfCheck {
	return {
		area: "posting",
		run: async () => {
			const troubled = await deliveries.troubled();
			if (troubled.length === 0)
				return [{ area: "posting", name: "messages", verdict: "ok", text: "All were delivered." }];
			return troubled.map(({ channel, problem, waiting }) => ({
				area: "posting",
				name: `${channel.platform} ${channel.id}`,
				verdict: "fail",
				text: `${waiting === 1 ? "1 message waits" : `${waiting} messages wait`}: ${problem}`,
				remedy: "Mend what it says; the messages are kept and delivered then.",
			}));
		},
	};
}
