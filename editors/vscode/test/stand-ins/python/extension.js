// One interpreter for each workspace folder, as the real one has; `calls` and `choose` are for the tests.
const vscode = require('vscode');

const system = '/usr/bin/python3';

exports.activate = () => {
  const changed = new vscode.EventEmitter();
  const active = new Map();
  const calls = [];
  const folderOf = (resource) => (resource instanceof vscode.Uri ? vscode.workspace.getWorkspaceFolder(resource) : resource);
  const keyOf = (resource) => folderOf(resource)?.uri.toString() ?? '';
  const set = (path, resource) => {
    active.set(keyOf(resource), path);
    changed.fire({ id: path, path, resource: folderOf(resource) });
  };
  return {
    environments: {
      getActiveEnvironmentPath: (resource) => {
        const path = active.get(keyOf(resource)) ?? system;
        return { id: path, path };
      },
      updateActiveEnvironmentPath: async (environment, resource) => {
        const path = typeof environment === 'string' ? environment : environment.path;
        calls.push({ path, folder: keyOf(resource) });
        set(path, resource);
      },
      onDidChangeActiveEnvironmentPath: changed.event,
    },
    calls,
    choose: set,
  };
};
