import type { ReactNode } from "react";
import { Icon } from "./icon.tsx";

/** A sentence in the place of buttons. */
export function Outcome({ children }: { readonly children: ReactNode }) {
	return (
		<p className="note">
			<Icon name="info" />
			<span>{children}</span>
		</p>
	);
}
