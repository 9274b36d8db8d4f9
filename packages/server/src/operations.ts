export type { AwaitFollowersOptions, FollowerProgress } from './operations/await-followers.ts';
export { awaitFollowers } from './operations/await-followers.ts';
export type {
  DocumentReceipt,
  KillChange,
  Operations,
  PercentageChange,
  PromoteChange,
  ReplaceChange,
  RestoreChange,
  SwitchOverview,
  SwitchReceipt,
} from './operations/operations.ts';
export { OperationError } from './operations/operations.ts';
export type { Place } from './operations/place-operations.ts';
export { placeOperations } from './operations/place-operations.ts';
export type { RemoteOptions } from './operations/remote-operations.ts';
export { remoteOperations } from './operations/remote-operations.ts';
