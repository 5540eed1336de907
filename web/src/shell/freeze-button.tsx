import { useFreeze } from "../api/use-hold-actions.ts";
import { useHolds } from "../api/use-readings.ts";
import { announce } from "../lib/announce.ts";
import { isAllFrozen } from "../lib/changes-allowed.ts";
import { useStore } from "../lib/store.ts";
import { connection } from "../live/connection.ts";

/** Stops all changes with one press; why is asked afterwards. Nothing to press once everything is frozen. */
export function FreezeButton({ className }: { readonly className: string }) {
	const freeze = useFreeze();
	const holds = useHolds().data;
	const notLive = useStore(connection).state === "lost";
	if (!holds || isAllFrozen(holds)) return null;
	const press = () =>
		freeze.mutate(
			{},
			{
				onSuccess: ({ freeze: made, underway }) => {
					const goesOn = underway.map(({ id, title }) => `${id}, ${title}`).join("; ");
					announce(
						`${made.text} ${goesOn ? `Already under way: ${goesOn}.` : "Nothing was under way."}`,
						"assertive",
					);
				},
				onError: (error) => announce(`Nothing is frozen. ${error.message}`, "assertive"),
			},
		);
	return (
		<>
			<button type="button" className={className} disabled={freeze.isPending || notLive} onClick={press}>
				{freeze.isPending ? "Sending…" : "Freeze"}
				<span className="hidden-visually"> everything</span>
			</button>
			{freeze.error && (
				<span className="small critical failed">Nothing is frozen. {freeze.error.message}</span>
			)}
		</>
	);
}
