/** Path of an executable that speaks the DevTools protocol. */
export declare function browserPath(): Promise<string>
export declare const BROWSER_ARGS: string[]
