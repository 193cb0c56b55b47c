// Like the real one, it fills in the interpreter of the Python extension where a configuration names none.
const vscode = require('vscode');

exports.activate = () => {
  const launched = [];
  vscode.debug.registerDebugConfigurationProvider('debugpy', {
    resolveDebugConfiguration: (_folder, configuration) => configuration,
    resolveDebugConfigurationWithSubstitutedVariables: (_folder, configuration) => ({ ...configuration, python: configuration.python ?? ['/usr/bin/python3'] }),
  });
  vscode.debug.registerDebugAdapterDescriptorFactory('debugpy', {
    createDebugAdapterDescriptor: (session) => {
      launched.push(session.configuration);
      return new vscode.DebugAdapterInlineImplementation(new Adapter());
    },
  });
  return { launched };
};

/** Answers everything, and ends at once. */
class Adapter {
  constructor() {
    this.sent = new vscode.EventEmitter();
    this.onDidSendMessage = this.sent.event;
  }

  handleMessage(request) {
    this.sent.fire({ type: 'response', seq: 0, request_seq: request.seq, command: request.command, success: true, body: {} });
    if (request.command === 'launch') this.sent.fire({ type: 'event', seq: 0, event: 'terminated' });
  }

  dispose() {
    this.sent.dispose();
  }
}
