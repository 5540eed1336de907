import { useState } from "react";
import type { ApprovalView, ResolveRequest } from "../../api/types.generated.ts";
import { useResolve } from "../../api/use-hold-actions.ts";
import { AskedReason } from "../../components/asked-reason.tsx";

type Happened = ResolveRequest["happened"];

const WORDS: Readonly<Record<Happened, string>> = {
	succeeded: "It took effect",
	failed: "It did not take effect",
};

/** Of a request whose outcome is not known: a person looks at the target, and says what they saw. */
export function SayWhatHappened({ approval }: { readonly approval: ApprovalView }) {
	const resolve = useResolve(approval.id);
	const [happened, setHappened] = useState<Happened>();
	if (happened)
		return (
			<AskedReason
				label={`${WORDS[happened]}: what you saw`}
				action={`Say: ${WORDS[happened].toLowerCase()}`}
				done={`Your word on ${approval.title} is kept.`}
				send={(reason) => resolve.mutateAsync({ happened, reason })}
				onClose={() => setHappened(undefined)}
			/>
		);
	return (
		<section className="stack closest" aria-labelledby="what-happened">
			<h3 id="what-happened">Say what happened</h3>
			<p className="small secondary">
				It was sent at most once and will not be sent again. Look at{" "}
				{approval.targets.map(({ name }) => name).join(", ")}.
			</p>
			<div className="row wrap">
				{(["succeeded", "failed"] as const).map((each) => (
					<button key={each} type="button" className="button" onClick={() => setHappened(each)}>
						{WORDS[each]}
					</button>
				))}
			</div>
		</section>
	);
}
