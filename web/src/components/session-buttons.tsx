import { useLocation } from "wouter";
import { useSignOut } from "../api/use-actions.ts";
import { toggleTheme, useTheme } from "../lib/preferences.ts";

/** Ends the session and goes to sign-in. */
export function SignOutButton({ className }: { readonly className: string }) {
	const [, navigate] = useLocation();
	const signOut = useSignOut();
	return (
		<button
			type="button"
			className={className}
			disabled={signOut.isPending}
			onClick={() => signOut.mutate(undefined, { onSuccess: () => navigate("/sign-in") })}
		>
			Sign out
		</button>
	);
}

/** Changes between light and dark. */
export function ThemeButton({ className }: { readonly className: string }) {
	const theme = useTheme();
	return (
		<button type="button" className={className} onClick={toggleTheme}>
			{theme === "dark" ? "Light" : "Dark"}
		</button>
	);
}
