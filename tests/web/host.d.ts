// The two scripts of the host that web/main.js imports. They have no types of their own.
declare module "*/scripts/app.js" {
  export const app: any;
}
declare module "*/scripts/api.js" {
  export const api: any;
}
