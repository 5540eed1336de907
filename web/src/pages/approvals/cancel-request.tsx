import type { ApprovalView } from "../../api/types.generated.ts";
import { useCancel } from "../../api/use-hold-actions.ts";
import { announce } from "../../lib/announce.ts";
import { useStore } from "../../lib/store.ts";
import { connection } from "../../live/connection.ts";

/** Takes a request back, for who asked and for admins, until it runs. One press, as for a denial. */
export function CancelRequest({ approval }: { readonly approval: ApprovalView }) {
	const cancel = useCancel(approval.id);
	const notLive = useStore(connection).state === "lost";
	const press = () =>
		cancel.mutate(
			{},
			{
				onSuccess: () => announce(`${approval.title} is cancelled. Nothing was changed.`),
				onError: (error) => announce(error.message, "assertive"),
			},
		);
	return (
		<div className="stack closest start">
			<button type="button" className="button compact" disabled={notLive || cancel.isPending} onClick={press}>
				{cancel.isPending ? "Sending…" : "Cancel request"}
			</button>
			{cancel.error && <p className="small critical">{cancel.error.message}</p>}
		</div>
	);
}
