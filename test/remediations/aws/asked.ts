import { MANAGED, REGION } from "../../adapters/aws/aws-world.ts";
import type { RemediationWorld } from "./remediation-world.ts";

/** For each remediation that works on AWS: a world in which it can be asked for, and how. */
export const ASKED: Readonly<Record<string, (world: RemediationWorld) => Record<string, unknown>>> = {
	"restart-service": (world) => {
		world.addInstance({ tags: { Service: "orders" } });
		return { service: "orders" };
	},
	"reboot-instance": (world) => {
		const group = world.fake.world.region(REGION).addGroup({ name: "web", desired: 2, tags: MANAGED });
		return { instance: group.members[0]?.instanceId };
	},
	"start-instance": (world) => ({ instance: world.addInstance({ state: "stopped" }) }),
	"stop-instance": (world) => ({ instance: world.addInstance() }),
	"scale-group": (world) => {
		world.fake.world.region(REGION).addGroup({ name: "web", maxSize: 8, desired: 4, tags: MANAGED });
		return { group: "web", desired: 6 };
	},
	"clean-disk": (world) => {
		world.addInstance({ tags: { Service: "orders" } });
		world.fake.onCommand(() => ({ output: '{"wouldFreeBytes":1,"files":1,"skipped":[]}' }));
		return { service: "orders", older_than_days: 7 };
	},
};
