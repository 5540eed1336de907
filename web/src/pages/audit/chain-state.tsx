import type { useAuditVerification } from "../../api/use-readings.ts";
import { Icon } from "../../components/icon.tsx";

type Props = { readonly verification: ReturnType<typeof useAuditVerification> };

/** The result of walking the chain: unbroken, or the first record that does not fit. */
export function ChainState({ verification }: Props) {
	const { data, error } = verification;
	return (
		<div role="status">
			{error && !data ? (
				<span className="state mute">
					<Icon name="info" />
					Not verified. {error.message}
				</span>
			) : data?.ok ? (
				<span className="state ok">
					<Icon name="link" />
					Chain verified, {data.records.toLocaleString("en-US")} records
					{data.notes?.[0] && `. ${data.notes[0]}`}
				</span>
			) : data ? (
				<span className="state critical">
					<Icon name="failed" />
					Broken{data.brokenAt !== undefined && ` at record ${data.brokenAt}`}
					{data.reason && `: ${data.reason}`}
				</span>
			) : (
				<span className="state mute">Verifying…</span>
			)}
		</div>
	);
}
